import { defaultImageName, type NamingProject } from '../../model/names.js';
import type { ServiceSpec } from '../../model/service.js';
import type { UpPolicy } from '../policy.js';

/** Whether the image of a service comes from a build, when it is needed. */
export function isBuilt(
  { build, provider }: Pick<ServiceSpec, 'build' | 'provider'>,
  policy: Pick<UpPolicy, 'build'>,
): boolean {
  return build !== undefined && provider === undefined && policy.build !== 'never';
}

/** Whether it is built though it is here, before there is a plan. */
export function isBuiltFirst(
  service: Pick<ServiceSpec, 'build' | 'provider' | 'pullPolicy'>,
  policy: Pick<UpPolicy, 'build'>,
): boolean {
  return isBuilt(service, policy) && (policy.build === 'always' || service.pullPolicy?.kind === 'build');
}

/** Whether a registry may have it: the file gives it a name of its own. */
export function isNamed(service: Pick<ServiceSpec, 'name' | 'image'>, project: NamingProject): boolean {
  return service.image !== defaultImageName(project, service.name);
}
