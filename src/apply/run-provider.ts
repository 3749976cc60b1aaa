import type { HostPrograms } from '../model/host-programs.js';
import type { ProviderAction } from '../model/plan.js';
import type { ProviderSpec } from '../model/service.js';
import { ProviderError } from '../problems/errors.js';
import { acceptedOptions, readProviderMetadata } from './provider-metadata.js';

/** One call of a provider. */
export interface ProviderRun {
  readonly project: string;
  readonly service: string;
  readonly provider: ProviderSpec;
  readonly action: ProviderAction;
}

interface ProviderTools {
  readonly programs: HostPrograms;
  /** Something that the provider tells people. */
  readonly onInfo: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs a provider as docker compose does: `<program> compose --project-name=P up --option=value… SERVICE`, which
 * answers with a JSON document a line. Returns the variables for the services that depend on it. Throws ProviderError.
 */
export async function runProvider(run: ProviderRun, tools: ProviderTools): Promise<Map<string, string>> {
  const { provider, service, action } = run;
  const { programs, signal } = tools;
  const path = await programs.find(provider.type);
  if (path === undefined) throw notInstalled(run);
  const metadata = await readProviderMetadata(path, provider, programs, signal);
  const variables = new Map<string, string>();
  // A provider that knows nothing of stopping is left alone.
  if (action === 'stop' && metadata?.stop === undefined) return variables;
  const options = acceptedOptions(provider, metadata?.[action]);
  const args = ['compose', `--project-name=${run.project}`, action, ...options, service];
  let problem: string | undefined;
  const onLine = (line: string) => {
    problem ??= readAnswer(line, service, variables, tools.onInfo);
  };
  const { environment } = provider;
  const { exitCode, errorLines } = await programs.run({ path, args, environment, onLine }, signal);
  if (problem === undefined && exitCode === 0) return variables;
  const cause = problem ?? `${provider.type} exited with code ${exitCode}`;
  throw new ProviderError(service, `failed to ${verbs[action]} service provider "${service}": ${cause}`, {
    evidence: errorLines.map((line) => `  ${line}`),
    hint: `that is what the program says: ${path}; by hand: ${provider.type} compose ${action} ${service}`,
  });
}

const verbs: Record<ProviderAction, string> = { up: 'create', down: 'remove', stop: 'stop' };

/** Takes in one line of the answer. Returns what is wrong, if anything. */
function readAnswer(
  line: string,
  service: string,
  variables: Map<string, string>,
  onInfo: (message: string) => void,
): string | undefined {
  if (line.trim() === '') return undefined;
  const { type, message } = parseAnswer(line);
  switch (type) {
    case 'info':
      onInfo(message);
      return undefined;
    case 'debug':
      return undefined;
    case 'error':
      return message;
    case 'setenv':
      return setVariable(`${service.toUpperCase()}_`, message, variables);
    case 'rawsetenv':
      return setVariable('', message, variables);
    default:
      return `invalid response from plugin: ${type ?? line}`;
  }
}

function parseAnswer(line: string): { readonly type: string | undefined; readonly message: string } {
  try {
    const answer = JSON.parse(line) as { type?: unknown; message?: unknown } | null;
    return {
      type: typeof answer?.type === 'string' ? answer.type : undefined,
      message: String(answer?.message ?? ''),
    };
  } catch {
    return { type: undefined, message: '' };
  }
}

function setVariable(prefix: string, text: string, variables: Map<string, string>): string | undefined {
  const equals = text.indexOf('=');
  if (equals <= 0)
    return `invalid response from plugin: ${prefix === '' ? 'rawsetenv' : 'setenv'} without NAME=value`;
  variables.set(`${prefix}${text.slice(0, equals)}`, text.slice(equals + 1));
  return undefined;
}

function notInstalled({ provider: { type }, service }: ProviderRun): ProviderError {
  return new ProviderError(service, `provider "${type}" of service "${service}" is not installed`, {
    hint: `install docker's plugin "docker-${type}", or put a program "${type}" into PATH`,
  });
}
