import { InvalidArgumentError, Option } from 'commander';
import { parseByteSize } from '../../load/units.js';

/** What help and documentation say of an option. Empty lists and the like are defaults of no interest to anybody. */
export function optionText({ description, argChoices }: Option): string {
  return argChoices === undefined ? description : `${description}: ${argChoices.join(', ')}`;
}

/** An option whose name begins with `no-`, but that is not the opposite of another one. */
export function plainOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  const name = option.name().replace(/-./g, (match) => match.slice(1).toUpperCase());
  option.negate = false;
  option.attributeName = () => name;
  return option;
}

/** Of every command that changes something. */
export function dryRunOption(): Option {
  return new Option('--dry-run', 'say what would be done, and do nothing');
}

/** Before the command, or after those that make containers from the files. */
export function adoptOption(): Option {
  return new Option('--adopt', 'go on with containers that files of another directory made under this name');
}

/** Of `--build`. */
export const buildText = 'build images first; --build=stale: those that are not made from what is there now';

/** What `--build=stale` stands for; on its own it would take the name of a service for its value. */
export function staleOption(): Option {
  return new Option('--build-stale', 'as --build=stale').hideHelp();
}

/** Words of `--pull`. */
export const pullPolicies = ['always', 'missing', 'never', 'policy', 'if_not_present'];

export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

export function collectScale(value: string, previous: Map<string, number>): Map<string, number> {
  const [service = '', number = ''] = value.split('=');
  if (service === '' || !/^\d+$/.test(number)) {
    throw new InvalidArgumentError(`invalid --scale option "${value}". Should be SERVICE=NUM`);
  }
  return new Map(previous).set(service, Number(number));
}

export function parseSeconds(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidArgumentError('must be a whole number of seconds');
  return Number(value);
}

export function parseInteger(value: string): number {
  if (!/^[+-]?\d+$/.test(value)) throw new InvalidArgumentError('must be a whole number');
  return Number(value);
}

/** `512m`, `2gb`. */
export function parseBytes(value: string): number {
  const bytes = parseByteSize(value);
  if (bytes === undefined) throw new InvalidArgumentError('must be a size, as in 512m');
  return Number(bytes);
}

export function parseNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('must be a whole number');
  return Number(value);
}
