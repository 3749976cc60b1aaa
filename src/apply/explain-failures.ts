import type { Engine } from '../engine/engine.js';
import type { StepFailure } from '../model/apply-result.js';
import { given } from '../model/given.js';
import type { Step } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import type { ValuePath } from '../model/span.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { BuildPlaceError, defectHint, EngineError, TscomposeError } from '../problems/errors.js';
import { portOf, whoHolds } from './who-holds.js';

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
  const span =
    service === undefined
      ? undefined
      : project.origins.spanOf(['services', service.name, ...attributeToBlame(step, error, service)]);
  const known = error instanceof TscomposeError ? error : undefined;
  return {
    code: known?.code ?? 'internal',
    severity: 'error',
    message: error.message,
    evidence: [...(known?.evidence ?? []), ...(await whoHolds(error, step, engine))],
    ...given({ span, hint: hintOf(error) }),
  };
}

function hintOf(error: Error): string | undefined {
  const port = portOf(error);
  if (port !== undefined) return `publish another port than ${port}, or stop what holds it`;
  if (!(error instanceof TscomposeError)) return defectHint;
  if (error.hint !== undefined || !(error instanceof EngineError)) return error.hint;
  return error.kind === 'name-taken' ? nameHint : error.kind === 'failed' ? engineHint : undefined;
}

const nameHint = 'remove or rename that container, or choose another name';
const engineHint =
  'these are words of the engine: its log has more (on Linux: journalctl -u docker), and `tscompose doctor` looks at its machine';

function attributeToBlame(step: Step, error: Error, service: ServiceSpec): ValuePath {
  const port = portOf(error);
  if (error instanceof EngineError && error.serviceKey !== undefined) return error.serviceKey.split('.');
  if (error instanceof BuildPlaceError) return ['build', ...error.key];
  if (step.kind === 'build-image') return ['build'];
  if (step.kind === 'prepare-model') return ['models', step.model.key];
  if (step.kind === 'run-provider') return ['provider', 'type'];
  if (step.kind === 'run-pre-start') return ['pre_start', step.index];
  if (step.kind === 'run-hook') return [step.phase];
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
