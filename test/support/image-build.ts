import type { BuildSpec, ImageBuild } from '../../src/model/build.js';
import { emptyBuild } from '../../src/model/empty-build.js';

/** A build of which only what matters is given. */
export function imageBuild(context: string, given: Partial<BuildSpec> = {}): ImageBuild {
  const spec = { ...emptyBuild(context), ...given };
  return { service: 'web', spec, names: ['app-web'], labels: new Map(), output: 'engine' };
}
