import type { Engine } from '../engine/engine.js';
import { publishersOf } from '../engine/published-ports.js';
import type { StepFailure } from '../model/apply-result.js';
import type { Step } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import type { ValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { BuildPlaceError, EngineError, TscomposeError } from '../problems/errors.js';

/** The failed steps in words for a person: what happened, the line of the file that asks for it, and who is in the way. */
export async function explainFailures(
  failures: readonly StepFailure[],
  project: Project,
  engine: Engine,
): Promise<Diagnostic[]> {
  return Promise.all(failures.map((failure) => explain(failure, project, engine)));
}

async function explain({ step, error }: StepFailure, project: Project, engine: Engine): Promise<Diagnostic> {
  const service = project.services.get(step.service ?? '');
  const port = error instanceof EngineError && error.kind === 'port-taken' ? portOf(error) : undefined;
  const holders = port === undefined ? [] : await holdersOf(port, engine);
  const span =
    service === undefined
      ? undefined
      : project.origins.spanOf(['services', service.name, ...attributeToBlame(step, error, port, service)]);
  const known = error instanceof TscomposeError ? error : undefined;
  const hint = port === undefined ? known?.hint : `publish another port than ${port}, or stop what holds it`;
  return {
    code: known?.code ?? 'internal',
    severity: 'error',
    message: error.message,
    evidence: [...(known?.evidence ?? []), ...holders],
    ...(span === undefined ? {} : { span }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function portOf(error: EngineError): number | undefined {
  const port = /port (\d+)/.exec(error.message)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** Who holds the port is a courtesy: when the engine cannot say, the failure is told without it. */
async function holdersOf(port: number, engine: Engine): Promise<string[]> {
  try {
    const publishers = publishersOf(port, await engine.machine.listPublishedPorts());
    if (publishers.length === 0) return [`port ${port} is held by a program outside of the engine`];
    return publishers.map(
      ({ name, project }) =>
        `port ${port} is held by container ${name}${project === undefined ? '' : ` of project ${project}`}`,
    );
  } catch {
    return [];
  }
}

function attributeToBlame(
  step: Step,
  error: Error,
  port: number | undefined,
  service: ServiceSpec,
): ValuePath {
  if (error instanceof EngineError && error.serviceKey !== undefined) return error.serviceKey.split('.');
  if (error instanceof BuildPlaceError) return ['build', ...error.key];
  if (step.kind === 'build-image') return ['build'];
  if (step.kind === 'prepare-model') return ['models', step.model.key];
  if (step.kind === 'run-provider') return ['provider', 'type'];
  if (step.kind === 'run-pre-start') return ['pre_start', step.index];
  if (port !== undefined) {
    const index = service.ports.findIndex(({ published }) => isInRange(port, published));
    return index === -1 ? ['ports'] : ['ports', index];
  }
  if (error instanceof EngineError && isAboutImage(error)) return ['image'];
  if (error instanceof EngineError && error.kind === 'name-taken') return ['container_name'];
  if (/executable file not found|no such file or directory|permission denied/.test(error.message)) {
    return service.command === null ? ['entrypoint'] : ['command'];
  }
  if (/healthcheck|unhealthy/.test(error.message)) return ['healthcheck'];
  return [];
}

function isAboutImage({ kind }: EngineError): boolean {
  return kind === 'image-not-found' || kind.startsWith('registry-');
}

function isInRange(port: number, published: string | undefined): boolean {
  const [first = '', last = first] = (published ?? '').split('-');
  return first !== '' && Number(first) <= port && port <= Number(last);
}
