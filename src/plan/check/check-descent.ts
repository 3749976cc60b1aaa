import { groupBy } from '../../model/group-by.js';
import { ownLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';
import type { PlanNote } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import { type Descent, descents, homeOf } from './descent.js';

/**
 * What to do with containers of the project's name that the files of another directory made. `adopt`: everything of
 * that name is the project's, also what other files of this directory made.
 */
export type ElsewherePolicy = 'refuse' | 'adopt';

export interface DescentCheck {
  readonly problems: readonly Diagnostic[];
  readonly notes: readonly PlanNote[];
  /** Ids of containers that are neither ours nor orphans: other files of the same directory made them. */
  readonly strangers: ReadonlySet<string>;
}

/**
 * Two projects may have one name without anybody having meant it: the same folder name in two places, a second clone.
 * The labels tell them apart.
 */
export function checkDescent(
  project: Project,
  observed: Pick<ObservedState, 'containers' | 'places'>,
  elsewhere: ElsewherePolicy,
): DescentCheck {
  const found = descents(project, observed);
  const of = (descent: Descent) => observed.containers.filter(({ id }) => found.get(id) === descent);
  const [foreign, moved, strangers] = [of('elsewhere'), of('moved'), of('other-files')];
  if (elsewhere === 'adopt') {
    const notes = [...byFiles('adopted', [...foreign, ...strangers]), ...byFiles('moved', moved)];
    return { problems: [], notes, strangers: new Set() };
  }
  return {
    problems: [
      ...(foreign.length > 0 ? [runsElsewhere(project, foreign)] : []),
      ...otherInstance(project, of('own')),
    ],
    notes: [...byFiles('moved', moved), ...byFiles('other-files', strangers)],
    strangers: new Set(strangers.map(({ id }) => id)),
  };
}

function byFiles(
  kind: 'adopted' | 'moved' | 'other-files',
  containers: readonly ObservedContainer[],
): PlanNote[] {
  return [...groupBy(containers, filesOf)].map(([files, group]) => ({ kind, files, names: namesOf(group) }));
}

function runsElsewhere(project: Project, foreign: readonly ObservedContainer[]): Diagnostic {
  const there = [...groupBy(foreign, filesOf)].map(
    ([files, group]) => `there: ${files}  (${namesOf(group).join(', ')})`,
  );
  const isFile = project.configFiles.some((file) => file !== '-');
  const here = isFile ? project.configFiles.join(', ') : `standard input in ${project.workingDir}`;
  return {
    code: 'engine/foreign-project',
    severity: 'error',
    message: `there is a project "${project.name}" already, made from the files of another directory`,
    evidence: [`here:  ${here}`, ...there],
    hint:
      `to have both, give one of them another name: ${project.instance === undefined ? '-p NAME, or "name:" in its file' : '--instance NAME, or auto'}; to end the other one: ` +
      `"tscompose -p ${project.name} down"; to go on with its containers from here: "tscompose --adopt up"`,
  };
}

/** A name that somebody chose may be one that an instance has: then they are two projects, and not one. */
function otherInstance({ name, instance }: Project, own: readonly ObservedContainer[]): Diagnostic[] {
  const others = own.filter(({ labels }) => labels.get(ownLabel.instance) !== instance?.name);
  const there = others[0]?.labels.get(ownLabel.instance);
  if (others.length === 0) return [];
  const words = (each: string | undefined) => (each === undefined ? 'no instance' : `instance "${each}"`);
  return [
    {
      code: 'engine/foreign-project',
      severity: 'error',
      message: `there is a project "${name}" already, which is ${words(there)}; this is ${words(instance?.name)}`,
      evidence: [`there: ${namesOf(others).join(', ')}`],
      hint:
        `to end the other one: "tscompose -p ${name} down"; to have both, give one of them another name; ` +
        'to go on with its containers as this: "tscompose --adopt up"',
    },
  ];
}

function filesOf(container: ObservedContainer): string {
  const { directory = '', files = [] } = homeOf(container) ?? {};
  return files.map((file) => (file === '-' ? `standard input in ${directory}` : file)).join(', ');
}

function namesOf(containers: readonly ObservedContainer[]): string[] {
  return containers.map(({ name }) => name);
}
