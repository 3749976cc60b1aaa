import type { Plan } from '../model/plan.js';
import { unknownService } from '../problems/unknown-service.js';
import { JobHandle } from './job-handle.js';
import type { RunningProject } from './running-project.js';
import { ServiceHandle } from './service-handle.js';

/**
 * A project that was brought up. `await using` takes it down again when the block ends, whatever happened; volumes
 * stay. Without `using` it just goes on.
 */
export class Stack<Service extends string = string> implements AsyncDisposable {
  readonly project: RunningProject;
  /** What was done to bring it up; undefined: it was there before. */
  readonly plan: Plan | undefined;

  constructor(project: RunningProject, plan?: Plan) {
    this.project = project;
    this.plan = plan;
  }

  /** A service of the files. Throws UsageError for an unknown one, with the name that may be meant. */
  service(name: Service): ServiceHandle {
    return new ServiceHandle(this.project, knownService(this.project, name));
  }

  /** A service that does its work and ends. Throws as `service`. */
  job(name: Service): JobHandle {
    return new JobHandle(this.project, knownService(this.project, name));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.project.down();
  }
}

function knownService({ model }: RunningProject, name: string): string {
  if (model.services.has(name)) return name;
  throw unknownService(name, model.services.keys());
}
