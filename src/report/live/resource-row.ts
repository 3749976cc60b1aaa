import type { LivePlan, LiveResource } from './live-plan.js';
import type { LiveRow } from './live-row.js';
import { awaitedOf, type LiveStep, verbOf, withoutKind } from './live-steps.js';
import { buildRow, transferRow } from './part-rows.js';

/** The row of a resource; undefined: there is nothing to say, mostly because everything that is planned for it has ended. */
export function resourceRow(resource: LiveResource, plan: LivePlan, nowMs: number): LiveRow | undefined {
  const { id, steps } = resource;
  const base = { id, parts: [], count: 1 };
  const failed = steps.find(({ status }) => status === 'failed');
  if (failed !== undefined) {
    const text = failed.failure ?? 'failed';
    return { ...base, status: 'failed', verb: 'failed', text, startedAtMs: undefined };
  }
  const running = steps.find(({ status }) => status === 'running');
  if (running !== undefined) return workingRow(id, running, nowMs);
  const pending = steps.find(({ status }) => status === 'pending');
  if (pending === undefined || (!plan.tellsOf(pending) && plan.openBefore(pending).length === 0))
    return undefined;
  return {
    ...{ ...base, status: 'waiting', verb: 'waiting', startedAtMs: undefined },
    // Of hundreds that wait few are shown.
    get text() {
      return waitingText(pending, plan);
    },
  };
}

function workingRow(id: string, live: LiveStep, nowMs: number): LiveRow {
  const verb = verbOf(live.step);
  const row: LiveRow = {
    ...{ status: 'working', id, verb, text: upperFirst(verb), startedAtMs: live.startedAtMs },
    ...{ parts: [], count: 1 },
  };
  if (live.retry !== undefined) return { ...row, text: retryText(live.retry, nowMs) };
  if (live.inAll !== undefined) return transferRow(row, live.inAll, live.layers);
  if (live.build !== undefined) return buildRow(row, live.build);
  const news = live.news.get(withoutKind(id));
  return news === undefined ? row : { ...row, detail: news };
}

function retryText({ attempt, atMs, why }: NonNullable<LiveStep['retry']>, nowMs: number): string {
  const leftMs = atMs - nowMs;
  const when = leftMs > 0 ? ` in ${(leftMs / 1000).toFixed(1)}s` : '';
  return `Retrying, attempt ${attempt}${when}: ${why}`;
}

const mostNamed = 3;

/** Why a step has not begun: the steps that it comes after and that go on, waits for services first. */
function waitingText(live: LiveStep, plan: LivePlan): string {
  const open = plan.openBefore(live);
  const first = open.find(({ kind }) => kind === 'wait') ?? open[0];
  // There is work enough for the engine: it comes when something else has ended.
  if (first === undefined) return 'next in turn';
  const { what } = awaitedOf(first);
  const names = open.map(awaitedOf).flatMap((awaited) => (awaited.what === what ? [awaited.who] : []));
  return `waits for ${listText([...new Set(names)])} ${what}`.trimEnd();
}

function listText(names: readonly string[]): string {
  const shown = names.slice(0, names.length > mostNamed ? mostNamed - 1 : mostNamed);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function upperFirst(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
