import { plan, up } from '../../src/compose.js';
import { MemoryEngine } from '../../src/engine/memory/memory-engine.js';
import { type RecordingEngine, recordCalls } from '../../src/engine/recording-engine.js';
import type { BuildSpec } from '../../src/model/build.js';
import type { BuildPlaces } from '../../src/model/build-places.js';
import { emptyBuild } from '../../src/model/empty-build.js';
import type { Plan } from '../../src/model/plan.js';
import type { Project } from '../../src/model/project.js';
import type { ServiceSpec } from '../../src/model/service.js';
import { defaultUpPolicy, type UpPolicy } from '../../src/plan/policy.js';
import { formatPlan } from '../../src/plan/text/format-plan.js';
import type { Session } from '../../src/session.js';
import { type MemoryTree, memoryBuildPlaces } from './memory-build-places.js';
import { projectOf } from './project-builder.js';
import { sessionOn } from './session.js';

const words: Readonly<Record<string, string>> = {
  'builds.build': 'build',
  pullImage: 'pull',
  createContainer: 'create',
};

/** An engine in memory, files in memory, and what is done with both. */
export class BuildWorld {
  readonly tree: MemoryTree;
  readonly engine: RecordingEngine;
  readonly places: BuildPlaces;

  constructor(files: Readonly<Record<string, string>>, registry: readonly string[] = []) {
    this.tree = new Map(Object.entries(files));
    this.engine = recordCalls(new MemoryEngine({ images: ['busybox'], registry: [...registry] }));
    this.places = memoryBuildPlaces(this.tree);
  }

  get session(): Session {
    return sessionOn(this.engine, { buildPlaces: this.places });
  }

  /** What an `up` builds, pulls and creates: `build web`, `pull x`, `create app-web-1`. */
  up(project: Project, policy: Partial<UpPolicy> = {}): Promise<string[]> {
    return this.during(() => up(project, { ...defaultUpPolicy, ...policy }, this.session));
  }

  /** The same for whatever else. */
  async during(body: () => Promise<unknown>): Promise<string[]> {
    this.engine.reset();
    await body();
    return this.done;
  }

  /** Since the last of these. */
  get done(): string[] {
    return this.engine.changes.flatMap(({ method, about }) =>
      words[method] === undefined ? [] : [`${words[method]} ${about}`],
    );
  }

  plan(project: Project, policy: Partial<UpPolicy> = {}): Promise<Plan> {
    return plan(project, { ...defaultUpPolicy, ...policy }, this.session);
  }

  async planText(project: Project, policy: Partial<UpPolicy> = {}): Promise<string[]> {
    const planned = await this.plan(project, policy);
    const notes = planned.notes.filter(({ kind }) => kind !== 'kept');
    return formatPlan({ ...planned, notes }, ({ line }) => `:${line}`).split('\n');
  }
}

/** A project of services that are built from directories of their names, on no network. */
export function builtProject(
  services: Readonly<Record<string, Partial<ServiceSpec> & { spec?: Partial<BuildSpec> }>>,
): Project {
  return projectOf({
    services: Object.fromEntries(
      Object.entries(services).map(([name, { spec, ...service }]) => [
        name,
        {
          image: `app-${name}`,
          networkMode: { kind: 'word', word: 'none' },
          build: { ...emptyBuild(`/${name}`), ...spec },
          ...service,
        } as Partial<ServiceSpec>,
      ]),
    ),
  });
}
