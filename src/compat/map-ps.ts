import type { IDockerComposeOptions } from './options.js';
import { linesOf } from './read-output.js';
import type {
  DockerComposePsResult,
  DockerComposePsResultPort,
  DockerComposePsResultService,
} from './results.js';

/** Fields of a container, as `ps` shows them. */
type Shown = Readonly<Record<string, unknown>>;

/** What the output of `ps` says: a table, JSON, or names alone. Its form tells which it is, and `options` nothing. */
export function mapPsOutput(output: string, _options?: IDockerComposeOptions): DockerComposePsResult {
  return { services: shownBy(output).map(serviceOf) };
}

function shownBy(output: string): Shown[] {
  const lines = linesOf(output);
  const [first = ''] = lines;
  if (first.startsWith('[')) return JSON.parse(output) as Shown[];
  if (first.startsWith('{')) return lines.map((line) => JSON.parse(line) as Shown);
  return /^NAMES?(\s|$)/.test(first) ? rowsOf(lines) : lines.map((line) => ({ Name: line.trim() }));
}

const fieldsOfTitles: Readonly<Record<string, string>> = {
  NAME: 'Name',
  NAMES: 'Name',
  COMMAND: 'Command',
  STATUS: 'State',
  STATE: 'State',
  PORTS: 'Ports',
};

/** Each column begins where its title does. */
function rowsOf([header = '', ...rows]: readonly string[]): Shown[] {
  const titles = [...header.matchAll(/\S+(?: \S+)*/g)].map(({ 0: title, index }) => ({ title, index }));
  const columns = titles.map(({ title, index }, at) => ({
    field: fieldsOfTitles[title] ?? title,
    cell: (row: string) => row.slice(index, titles[at + 1]?.index).trim(),
  }));
  return rows.map((row) => Object.fromEntries(columns.map(({ field, cell }) => [field, cell(row)])));
}

function serviceOf({ Name, Command, State, Ports }: Shown): DockerComposePsResultService {
  return { name: text(Name), command: text(Command), state: text(State), ports: mapPorts(text(Ports)) };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `0.0.0.0:8080->80/tcp, 443/tcp`. */
function mapPorts(ports: string): DockerComposePsResultPort[] {
  return ports.split(', ').flatMap((port) => {
    const { address, published, target, protocol = '' } = portPattern.exec(port)?.groups ?? {};
    if (target === undefined) return [];
    const exposed = { port: Number(target), protocol };
    if (published === undefined || address === undefined) return [{ exposed }];
    return [{ exposed, mapped: { address, port: Number(published) } }];
  });
}

const portPattern = /^(?:(?<address>.*):(?<published>\d+)->)?(?<target>\d+)\/(?<protocol>\w+)$/;
