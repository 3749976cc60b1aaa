import type { StepKind } from '../model/plan.js';
import type { EmitProgress } from '../model/progress.js';

/** Which progress a person does not want to see. */
export interface QuietOptions {
  readonly quietPull?: boolean;
  readonly quietBuild?: boolean;
}

/** `--quiet-pull` and `--quiet-build` leave out everything about them but how they end; whoever is not to see pulls sees no builds. */
export function quietProgress(emit: EmitProgress, { quietPull, quietBuild }: QuietOptions): EmitProgress {
  const quiet = new Set<StepKind>([
    ...(quietPull === true ? (['pull-image'] as const) : []),
    ...(quietBuild === true || quietPull === true ? (['build-image'] as const) : []),
  ]);
  return (event) => {
    const isEnd = event.kind === 'step-done' || event.kind === 'step-failed';
    if ('step' in event && quiet.has(event.step.kind) && !isEnd) return;
    emit(event);
  };
}
