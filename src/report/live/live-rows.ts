import { groupBy } from '../../model/group-by.js';
import { isSettled, type LivePlan, type LiveResource } from './live-plan.js';
import type { LiveRow } from './live-row.js';
import { resourceRow } from './resource-row.js';

/** All that is to be seen of plans that are carried out now. */
export interface LiveView {
  readonly projects: readonly string[];
  readonly startedAtMs: number;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Not done because of what failed, or because somebody had enough. */
  readonly skipped: number;
  /** The most telling ones first. */
  readonly rows: readonly LiveRow[];
}

export function viewOf(plans: readonly LivePlan[], nowMs: number): LiveView {
  const resources = plans.flatMap((plan) =>
    plan.resources.map((resource) => ({ resource, row: resourceRow(resource, plan, nowMs) })),
  );
  const active = resources.flatMap(({ resource, row }) => (row === undefined ? [] : [{ resource, row }]));
  const failed = active.filter(({ row }) => row.status === 'failed').length;
  const ended = resources.filter(({ resource, row }) => row === undefined && resource.steps.every(isSettled));
  const skipped = ended.filter(({ resource }) => isDropped(resource)).length;
  return {
    projects: [...new Set(plans.map(({ project }) => project))],
    startedAtMs: Math.min(...plans.map(({ startedAtMs }) => startedAtMs)),
    total: resources.length,
    done: ended.length - skipped,
    failed,
    skipped,
    rows: inOrder(withGroups(active)),
  };
}

/** Replicas of a service become parts of one row, as long as there are several of them. */
function withGroups(active: readonly { resource: LiveResource; row: LiveRow }[]): LiveRow[] {
  const groups = groupBy(active, ({ resource }) => {
    const isReplica = resource.service !== undefined && resource.id.startsWith('Container ');
    return isReplica ? `Service ${resource.service}` : resource.id;
  });
  return [...groups].flatMap(([id, group]) => {
    const rows = group.map(({ row }) => row);
    return rows.length === 1 ? rows : [groupRow(id, inOrder(rows))];
  });
}

function groupRow(id: string, rows: readonly LiveRow[]): LiveRow {
  const [first] = rows;
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const isWaiting = first?.status === 'waiting' && rows.every(({ text }) => text === first.text);
  return {
    status: first?.status ?? 'waiting',
    id,
    verb: first?.verb ?? '',
    text: isWaiting ? allOfThem(count, first.text) : countsText(rows),
    startedAtMs: first?.startedAtMs,
    // What all of them do is said once.
    parts: isWaiting ? [] : rows,
    count,
  };
}

/** `waits for db` → `3 containers wait for db`. */
function allOfThem(count: number, text: string): string {
  return `${count} containers${text.startsWith('waits ') ? '' : ','} ${text.replace(/^waits /, 'wait ')}`;
}

/** `3 pulling, 31 waiting`. */
export function countsText(rows: readonly LiveRow[]): string {
  const counts = new Map<string, number>();
  const count = (row: LiveRow) => counts.set(row.verb, (counts.get(row.verb) ?? 0) + row.count);
  for (const row of rows) {
    const isService = row.parts.length > 0 && row.count > 1;
    if (isService) row.parts.map(count);
    else count(row);
  }
  return [...counts].map(([verb, number]) => `${number} ${verb}`).join(', ');
}

function isDropped({ steps }: LiveResource): boolean {
  return steps.some(({ status }) => status === 'dropped');
}

const ranks = { failed: 0, working: 1, waiting: 2 } as const;

/** What failed, then what has been at work for longest, then what waits, as the plan has it. */
function inOrder(rows: readonly LiveRow[]): LiveRow[] {
  return rows
    .map((row, place) => ({ row, place }))
    .sort(
      (a, b) =>
        ranks[a.row.status] - ranks[b.row.status] ||
        (a.row.startedAtMs ?? 0) - (b.row.startedAtMs ?? 0) ||
        a.place - b.place,
    )
    .map(({ row }) => row);
}
