import type { InstanceSpec } from '../../model/instance.js';
import type { LoadIo, LoadRequest } from '../load-io.js';
import type { ProblemList } from '../problem-list.js';
import { findWorkTree } from './find-work-tree.js';
import { autoInstance, instanceNameLike, instanceNameOf, isInstanceName } from './instance-name.js';

/** Asks for an instance where no flag does. */
export const instanceVariable = 'TSCOMPOSE_INSTANCE';

/** What is asked for: `auto`, a name, or nothing. */
export function askedInstance(
  request: Pick<LoadRequest, 'instance'>,
  environment: ReadonlyMap<string, string>,
): string | undefined {
  return request.instance || environment.get(instanceVariable) || undefined;
}

/**
 * The instance of a project in a directory that is asked for, without its ports. undefined: none is, or a problem was
 * reported.
 */
export async function resolveInstance(
  asked: string | undefined,
  project: string,
  directory: string,
  io: Pick<LoadIo, 'kindOf' | 'realPath'>,
  problems: ProblemList,
): Promise<Omit<InstanceSpec, 'ports'> | undefined> {
  if (asked === undefined) return undefined;
  if (asked === autoInstance)
    return { name: instanceNameOf(await findWorkTree(directory, io), project), of: project };
  if (isInstanceName(asked)) return { name: asked, of: project };
  const like = instanceNameLike(asked);
  problems.error(
    'instance/invalid',
    `invalid instance name "${asked}": it may have up to 40 lower case letters and digits, with single hyphens between them`,
    { hint: `for example: ${isInstanceName(like) ? like : 'login'}, or auto` },
  );
  return undefined;
}
