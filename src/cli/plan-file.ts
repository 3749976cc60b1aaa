import { resolve } from 'node:path';
import type { LoadRequest } from '../load/load-io.js';
import type { AgreedPlan } from '../model/agreed-plan.js';
import type { Plan } from '../model/plan.js';
import { defaultUpPolicy, type UpPolicy } from '../plan/policy.js';
import { planJson } from '../plan/text/plan-json.js';
import { UsageError } from '../problems/errors.js';
import type { CommandContext } from './command-context.js';
import { writeWholeFile } from './write-file.js';

const kind = 'tscompose-plan';
/** Raise it when a member changes its meaning or goes away. */
const schemaVersion = 1;

/** A plan in a file: what was asked for, how to recognise the plan, and the plan itself for whoever reads it. */
export interface PlanFile {
  readonly kind: typeof kind;
  readonly schemaVersion: typeof schemaVersion;
  readonly project: string;
  /** Where it was asked for: relative paths begin there. Absolute. */
  readonly directory: string;
  readonly request: LoadRequest;
  /** Number of containers by service: `--scale`. */
  readonly scale: Readonly<Record<string, number>>;
  readonly policy: UpPolicy;
  readonly agreed: AgreedPlan;
  /** As `plan --format json` shows it: values that may be secret are not in it. */
  readonly plan: unknown;
}

export interface PlanToWrite extends Pick<PlanFile, 'request' | 'policy' | 'agreed'> {
  readonly plan: Plan;
  readonly scale: ReadonlyMap<string, number>;
}

/** The file is there when all of it is, and for its owner only. */
export async function writePlanFile({ io }: CommandContext, path: string, given: PlanToWrite): Promise<void> {
  const { plan, request, policy, agreed, scale } = given;
  const content: PlanFile = {
    kind,
    schemaVersion,
    project: plan.project,
    directory: io.cwd,
    request,
    scale: Object.fromEntries(scale),
    policy,
    agreed,
    plan: planJson(plan),
  };
  await writeWholeFile(resolve(io.cwd, path), chunksOf(`${JSON.stringify(content, undefined, 2)}\n`));
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** Throws UsageError `plan/unreadable` for a file that is none of ours. */
export async function readPlanFile({ io }: CommandContext, path: string): Promise<PlanFile> {
  const text = await io.load.readFile(resolve(io.cwd, path));
  if (text === undefined) throw unreadable(path, 'there is no such file');
  const found = parsed(text);
  if (found?.kind !== kind) throw unreadable(path, 'it is no plan of tscompose');
  if (found.schemaVersion !== schemaVersion)
    throw unreadable(path, 'it was made by another version of tscompose');
  const isWhole =
    typeof found.directory === 'string' &&
    [found.request, found.policy, found.agreed?.digests].every(isObject) &&
    [found.request?.files, found.policy?.services, found.agreed?.steps].every(Array.isArray);
  if (!isWhole) throw unreadable(path, 'parts of it are missing');
  const file = found as PlanFile;
  return { ...file, policy: { ...defaultUpPolicy, ...file.policy } };
}

function parsed(text: string): Partial<PlanFile> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(path: string, why: string): UsageError {
  return new UsageError(`cannot apply ${path}: ${why}`, {
    code: 'plan/unreadable',
    hint: 'write one with: tscompose plan -o FILE',
  });
}
