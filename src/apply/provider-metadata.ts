import type { HostPrograms } from '../model/host-programs.js';
import type { ProviderAction } from '../model/plan.js';
import type { ProviderSpec } from '../model/service.js';
import { ProviderError } from '../problems/errors.js';

/** What a provider says that it takes: parameters by name for each thing that it can do. */
export type ProviderMetadata = Partial<Record<ProviderAction, readonly ProviderParameter[]>>;

export interface ProviderParameter {
  readonly name: string;
  readonly isRequired: boolean;
}

/** Answer of `<program> compose metadata`. Undefined for a provider that does not say; nobody has to. */
export async function readProviderMetadata(
  path: string,
  { environment }: ProviderSpec,
  programs: HostPrograms,
  signal: AbortSignal,
): Promise<ProviderMetadata | undefined> {
  const lines: string[] = [];
  const call = {
    path,
    args: ['compose', 'metadata'],
    environment,
    onLine: (line: string) => void lines.push(line),
  };
  const { exitCode } = await programs.run(call, signal);
  if (exitCode !== 0) return undefined;
  try {
    const answer = JSON.parse(lines.join('\n')) as Record<string, unknown> | null;
    return answer === null || typeof answer !== 'object' ? undefined : metadataOf(answer);
  } catch {
    return undefined;
  }
}

function metadataOf(answer: Record<string, unknown>): ProviderMetadata {
  const actions = (['up', 'down', 'stop'] as const).flatMap((action) => {
    const section = answer[action];
    return typeof section === 'object' && section !== null ? [[action, parametersOf(section)] as const] : [];
  });
  return Object.fromEntries(actions);
}

function parametersOf(section: object): ProviderParameter[] {
  const { parameters } = section as { parameters?: unknown };
  if (!Array.isArray(parameters)) return [];
  return parameters.flatMap((parameter: { name?: unknown; required?: unknown } | null) =>
    typeof parameter?.name === 'string'
      ? [{ name: parameter.name, isRequired: parameter.required === true }]
      : [],
  );
}

/**
 * Options of the file as flags; of a provider that says what it takes, those that it takes. Throws ProviderError for
 * one that it requires and does not get.
 */
export function acceptedOptions(
  { type, options }: ProviderSpec,
  parameters: readonly ProviderParameter[] | undefined,
): string[] {
  const known = parameters === undefined || parameters.length === 0 ? undefined : parameters;
  for (const { name, isRequired } of known ?? []) {
    if (!isRequired || options.has(name)) continue;
    throw new ProviderError(
      type,
      `required parameter "${name}" is missing from provider "${type}" definition`,
      {
        hint: `write it below provider.options`,
      },
    );
  }
  return [...options].flatMap(([name, values]) =>
    known === undefined || known.some((parameter) => parameter.name === name)
      ? values.map((value) => `--${name}=${value}`)
      : [],
  );
}
