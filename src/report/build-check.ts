import { given } from '../model/given.js';

/** A mistake in a Dockerfile. */
export interface CheckWarning {
  readonly rule: string;
  readonly text: string;
  readonly detail: string | undefined;
  readonly url: string | undefined;
  /** Counts from 1. */
  readonly line: number | undefined;
}

/** What a look at a Dockerfile found. */
export interface CheckedDockerfile {
  readonly service: string;
  readonly warnings: readonly CheckWarning[];
  readonly dockerfile: { readonly name: string; readonly text: string } | undefined;
}

/** In the words of BuildKit, service by service. */
export function checkReport(checked: readonly CheckedDockerfile[]): string {
  return checked.map(reportOf).join('\n');
}

/** The same for programs: a list of services. */
export function checkJson(checked: readonly CheckedDockerfile[]): string {
  const services = checked.map(({ service, dockerfile, warnings }) => ({
    service,
    ...given({ dockerfile: dockerfile?.name }),
    warnings: warnings.map(({ rule, text, detail, url, line }) => ({
      rule,
      text,
      ...given({ detail, url, line }),
    })),
  }));
  return `${JSON.stringify(services, undefined, 2)}\n`;
}

function reportOf({ service, warnings, dockerfile }: CheckedDockerfile): string {
  const count = warnings.length === 1 ? '1 warning has' : `${warnings.length} warnings have`;
  const result =
    warnings.length === 0 ? 'Check complete, no warnings found.' : `Check complete, ${count} been found!`;
  const details = warnings.map((warning) => `\n${warningText(warning, dockerfile)}`).join('');
  return `${service}\n\n${result}\n${details}`;
}

function warningText(
  { rule, text, url, line }: CheckWarning,
  dockerfile: CheckedDockerfile['dockerfile'],
): string {
  const heading = `WARNING: ${rule}${url === undefined ? '' : ` - ${url}`}\n${text}\n`;
  if (line === undefined || dockerfile === undefined) return heading;
  return `${heading}${dockerfile.name}:${line}\n${frame(dockerfile.text, line)}`;
}

const linesAround = 2;
const rule = '--------------------';

/** The line with those around it. */
function frame(text: string, line: number): string {
  const lines = text.replace(/\n$/, '').split(/\r?\n/);
  const first = Math.max(1, line - linesAround);
  const rows = lines.slice(first - 1, line + linesAround).map((content, index) => {
    const number = first + index;
    return `${String(number).padStart(4)} | ${number === line ? '>>>' : '   '} ${content}`.trimEnd();
  });
  return `${rule}\n${rows.join('\n')}\n${rule}\n`;
}
