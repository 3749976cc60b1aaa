import type { StepFailure } from '../model/apply-result.js';
import type { Step } from '../model/plan.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { sortDiagnostics } from '../problems/diagnostic.js';
import { ApplyError, type BlockedError } from '../problems/errors.js';
import { formatDiagnostic, type SourceTexts } from '../problems/format-diagnostic.js';
import { foldedList } from '../report/folded-list.js';
import { shortName } from '../report/plan-summary.js';
import { idOf } from '../report/wording.js';

/** With what a summary has to say before it, less than thirty: what a person or a log takes in. */
const mostLines = 18;
const namesShown = 3;
/** What happened, why, and what can be done. */
const usefulShare = 3;

/** Failures with one cause: the first tells of it for all. */
interface Group {
  readonly first: Diagnostic;
  /** Of all of them. */
  readonly names: string[];
}

/**
 * Failures of a plan in few lines however many there are: those with the same cause are one, and what does not fit is
 * named. Undefined: they fit as they are.
 */
export function foldedFailures(
  error: ApplyError | BlockedError,
  whole: string,
  sources: SourceTexts,
): string | undefined {
  const { diagnostics } = error;
  if (diagnostics.length < 2 || linesOf(whole).length <= mostLines) return undefined;
  const failures = error instanceof ApplyError ? error.failures : [];
  const groups = groupsOf(failures, diagnostics);
  const blocks = groups.map((group) => blockOf(group, formatDiagnostic(group.first, sources)));
  const fitting = blocks.map((block) => block.join('\n')).join('\n\n');
  const shown = linesOf(fitting).length <= mostLines ? fitting : shortened(groups, sources);
  return `${shown}\n  --verbose tells each failure in full`;
}

/** All groups with the same share of the room, without the lines of files; of many, what happened and nothing else. */
function shortened(groups: readonly Group[], sources: SourceTexts): string {
  const share = Math.floor(mostLines / groups.length);
  const most = share < usefulShare ? mostLines - 1 : groups.length;
  const shown = groups.slice(0, most);
  const rest = groups.slice(most).flatMap(({ names }) => names);
  const placesOnly = { ...sources, textOf: () => undefined };
  const blocks = shown.map((group) => {
    const block = blockOf(group, formatDiagnostic(group.first, placesOnly));
    return share < usefulShare ? block.slice(0, 1) : cut(block, share);
  });
  const others =
    rest.length === 0 ? [] : [`and ${rest.length} other failures: ${foldedList(rest, namesShown)}`];
  return [...blocks.flat(), ...others].join('\n');
}

function blockOf({ names }: Group, text: string): string[] {
  const others = names.slice(1);
  const same = `  the same with ${others.length} more: ${foldedList(others, namesShown)}`;
  return others.length === 0 ? linesOf(text) : [...linesOf(text), same];
}

/** The first lines and the last: what happened, the end of a log, and what can be done. */
function cut(lines: readonly string[], most: number): string[] {
  if (lines.length <= most) return [...lines];
  if (most === usefulShare) return [...lines.slice(0, most - 1), ...lines.slice(-1)];
  const first = Math.floor(most / 3);
  const last = most - first - 1;
  return [...lines.slice(0, first), `  … ${lines.length - first - last} more lines`, ...lines.slice(-last)];
}

/** In the order of their places in the files. */
function groupsOf(failures: readonly StepFailure[], diagnostics: readonly Diagnostic[]): Group[] {
  const steps = new Map(diagnostics.map((diagnostic, at) => [diagnostic, failures[at]?.step]));
  const groups = new Map<string, Group>();
  for (const diagnostic of sortDiagnostics(diagnostics)) {
    const names = namesOf(diagnostic, steps.get(diagnostic));
    const cause = causeOf(diagnostic, names);
    const group = groups.get(cause) ?? { first: diagnostic, names: [] };
    group.names.push(names[0] ?? diagnostic.code);
    groups.set(cause, group);
  }
  return [...groups.values()];
}

/** What it is wrong with, first as people call it. */
function namesOf({ message }: Diagnostic, step: Step | undefined): string[] {
  const service = step?.service ?? /service "([^"]+)"/.exec(message)?.[1];
  if (step === undefined) return service === undefined ? [] : [service];
  const id = idOf(step);
  return [shortName(id), id.slice(id.indexOf(' ') + 1), ...(service === undefined ? [] : [service])];
}

/** What is wrong, whatever it is wrong with. */
function causeOf({ code, message }: Diagnostic, names: readonly string[]): string {
  return names.reduce((text, name) => text.replace(wholeName(name), '…'), `${code} ${message}`);
}

/** Not where it is a part of another name. */
function wholeName(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'g');
}

function linesOf(text: string): string[] {
  return text.split('\n');
}
