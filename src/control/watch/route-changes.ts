import { posix } from 'node:path';
import { textOrder } from '../../model/order.js';
import { counts, placeInContainer, type ScopedRule } from './scoped-rule.js';
import type { EntryKind } from './tree-reader.js';
import type { TreeChange } from './tree-state.js';

/** Something to copy into containers. */
export interface Upload {
  /** Absolute path of ours. */
  readonly from: string;
  /** Absolute path in the container. */
  readonly to: string;
  readonly kind: EntryKind;
}

/** What to do with the files of the containers of one service. Removals come first. */
export interface SyncJob {
  readonly service: string;
  /** In order of their places: directories before what is in them. */
  readonly uploads: readonly Upload[];
  /** Absolute paths in the container, with all that is in them. */
  readonly removals: readonly string[];
  /** Paths of ours that it is about. */
  readonly files: readonly string[];
}

/** Something to do to the containers of a service once its files are in place. */
export interface FollowUp {
  readonly kind: 'rebuild' | 'restart' | 'exec';
  readonly service: string;
  /** Of `exec`: whose command is run. */
  readonly rule: ScopedRule;
  readonly files: readonly string[];
}

export interface ChangeWork {
  readonly syncs: readonly SyncJob[];
  readonly followUps: readonly FollowUp[];
}

/** What rules make of changes: each rule counts for itself. */
export function routeChanges(changes: readonly TreeChange[], rules: readonly ScopedRule[]): ChangeWork {
  const jobs = new Map<string, JobDraft>();
  const followUps: FollowUp[] = [];
  for (const rule of rules) {
    const own = changes.filter(({ path }) => counts(rule, path));
    if (own.length === 0) continue;
    const files = filesOf(own);
    if (rule.rule.target !== undefined && copies(rule)) {
      const draft = jobs.get(rule.service) ?? new JobDraft(rule.service);
      jobs.set(rule.service, draft);
      for (const change of own) draft.add(change, rule);
    }
    const kind = followUpOf(rule);
    if (kind !== undefined) followUps.push({ kind, service: rule.service, rule, files });
  }
  const syncs = [...jobs.values()].map((draft) => draft.finish()).filter(isWorth);
  return { syncs, followUps };
}

export function copies({ rule }: ScopedRule): boolean {
  return rule.action !== 'rebuild' && rule.action !== 'restart';
}

export function followUpOf({ rule }: ScopedRule): FollowUp['kind'] | undefined {
  switch (rule.action) {
    case 'rebuild':
      return 'rebuild';
    case 'restart':
    case 'sync+restart':
      return 'restart';
    case 'sync+exec':
      return rule.exec === undefined ? undefined : 'exec';
    case 'sync':
      return undefined;
  }
}

function isWorth({ uploads, removals }: SyncJob): boolean {
  return uploads.length + removals.length > 0;
}

/** A directory that came with its files, or went with them, is not told beside them. */
function filesOf(changes: readonly TreeChange[]): string[] {
  const files = changes.filter(({ kind }) => kind !== 'directory');
  return (files.length > 0 ? files : changes).map(({ path }) => path).sort();
}

class JobDraft {
  readonly #service: string;
  readonly #uploads = new Map<string, Upload>();
  readonly #removals = new Set<string>();
  readonly #changes = new Map<string, TreeChange>();

  constructor(service: string) {
    this.#service = service;
  }

  add(change: TreeChange, rule: ScopedRule): void {
    const { path, now, kind } = change;
    const place = placeInContainer(rule, path);
    if (place === undefined) return;
    this.#changes.set(path, change);
    if (now === 'written') this.#uploads.set(place, { from: path, to: place, kind });
    // The watched directory itself stays: who knows what else the container keeps in there.
    else if (path !== rule.rule.path || kind !== 'directory') this.#removals.add(place);
  }

  finish(): SyncJob {
    return {
      service: this.#service,
      uploads: [...this.#uploads.values()].sort((a, b) => textOrder(a.to, b.to)),
      removals: topmost([...this.#removals].filter((place) => !this.#uploads.has(place))),
      files: filesOf([...this.#changes.values()]),
    };
  }
}

/** Without what goes with a directory above it. */
export function topmost(places: readonly string[]): string[] {
  const all = new Set(places);
  const isBelow = (place: string): boolean => {
    for (let up = posix.dirname(place); up !== '/'; up = posix.dirname(up)) if (all.has(up)) return true;
    return false;
  };
  return places.filter((place) => !isBelow(place)).sort();
}
