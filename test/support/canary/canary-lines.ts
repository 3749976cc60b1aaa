import { commandNames, flagLines } from './command-matrix.js';

/** What stands behind the name of a command so that it has something to do. A command that is not here fails the test. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  up: ['-d'],
  down: [],
  plan: [],
  apply: ['plan.json'],
  reconcile: [],
  watch: [],
  create: [],
  scale: ['web=2'],
  start: [],
  restart: [],
  pause: [],
  unpause: [],
  stop: [],
  kill: [],
  rm: ['-f'],
  wait: ['web'],
  exec: ['web', 'true'],
  run: ['web', 'true'],
  attach: ['web'],
  cp: ['web:/etc/env', 'copied'],
  pull: [],
  push: [],
  publish: ['REGISTRY/app:1'],
  build: [],
  lock: [],
  'lock update': [],
  ps: [],
  ls: [],
  images: [],
  volumes: [],
  port: ['web', '80'],
  ports: [],
  top: [],
  logs: [],
  stats: ['--no-stream'],
  events: ['--since', '0', '--until', '9999999999'],
  doctor: [],
  export: ['web'],
  commit: ['web', 'app/kept'],
  completion: ['bash'],
  __complete: ['tscompose', 'ps', ''],
  config: ['--redact'],
  graph: [],
  'env explain': ['web.DB_PASSWORD'],
  version: [],
};

/** Further lines, where a flag alone is not the whole story. */
const moreLines: readonly string[] = [
  'up',
  'up --build',
  'plan --json -o plan-as-json.json',
  'plan --force-recreate --verbose',
  'run --no-deps -d web true',
  'run -e TYPED=yes listed env',
  'logs -f',
  'stats',
  'events --json',
  'config --redact --format json',
  'config --redact --no-interpolate',
  'config --redact --explain',
  'config --redact --explain --format json',
  'config --redact --variables',
  'config --redact --environment',
  'config --redact -o config.yaml',
  'env explain API_URL',
  'env explain web.API_URL',
  'env explain web.WEB_PLAIN',
  'env explain DOTENV_PLAIN',
  'env explain DOTENV_TOKEN --format json',
  'build --progress plain --no-cache',
  'lock --check',
  'down -v --rmi all',
  '--profile remote up -d',
  '--profile remote build --print',
  '--profile remote plan --json',
  '--profile remote graph --format json',
  '-f remote.yaml up -d',
  '-f oci.yaml config --redact',
];

/** A value for each flag that takes one. */
const values: Readonly<Record<string, readonly string[]>> = {
  '--scale': ['web=2'],
  '--exit-code-from': ['web'],
  '--timeout': ['1'],
  '--wait-timeout': ['1'],
  '--attach': ['web'],
  '--no-attach': ['web'],
  '--rmi': ['all', 'local'],
  '--output': ['written'],
  '--signal': ['TERM'],
  '--env': ['TYPED=yes'],
  '--env-from-file': ['web.env'],
  '--index': ['1'],
  '--user': ['0'],
  '--workdir': ['/'],
  '--name': ['one-off'],
  '--entrypoint': ['sh'],
  '--volume': ['/tmp'],
  '--publish': ['8081:80'],
  '--label': ['a=b'],
  '--cap-add': ['SYS_TIME'],
  '--cap-drop': ['SYS_TIME'],
  '--detach-keys': ['ctrl-a'],
  '--build-arg': ['MODE=fast'],
  '--builder': ['default'],
  '--memory': ['1g'],
  '--provenance': ['false'],
  '--sbom': ['false'],
  '--ssh': ['default'],
  '--filter': ['status=running'],
  'ls --filter': ['name=app'],
  '--format': ['table', 'json', '{{json .}}'],
  'config --format': ['json', 'yaml'],
  'env explain --format': ['json', 'table'],
  'version --format': ['json'],
  '--since': ['0'],
  '--until': ['9999999999'],
  '--tail': ['5'],
  '--author': ['me'],
  '--change': ['ENV A=b'],
  '--message': ['kept'],
  '--hash': ['*'],
  '--status': ['running'],
  '--progress': ['plain', 'json'],
};

/** Each command with what it needs. */
export function plainLines(): string[][] {
  const names = commandNames();
  const unknown = names.filter((name) => argumentsOf[name] === undefined);
  const gone = Object.keys(argumentsOf).filter((name) => !names.includes(name));
  if (unknown.length + gone.length > 0)
    throw new Error(
      `commands without a line in canary-lines.ts: ${unknown}; lines without a command: ${gone}`,
    );
  return [...names.map((name) => lineOf(name, [])), ...moreLines.map((line) => line.split(' '))];
}

/** What starts another process of ours; test/scenario has that. */
const inBackground = /^(reconcile .*(-d|--detach)|up .*--reconcile)\b/;

/** Each command with each of its flags. */
export function lines(): string[][] {
  const all = commandNames().flatMap((name) => flagLines(name, values).map((flags) => lineOf(name, flags)));
  return all.filter((line) => !inBackground.test(line.join(' ')));
}

function lineOf(name: string, flags: readonly string[]): string[] {
  return [...name.split(' '), ...flags, ...(argumentsOf[name] ?? [])];
}

const lasting = /^(up|logs|events|stats|watch|reconcile|attach|wait|run|exec)$/;

/** Whether it may go on until somebody ends it. */
export function mayLast(line: readonly string[]): boolean {
  const command = commandOfLine(line)[0] ?? '';
  const isDetached =
    command === 'up' && (line.includes('-d') || line.includes('--detach') || line.includes('--wait'));
  return lasting.test(command) && !isDetached;
}

/** The line without the global flags in front. */
export function commandOfLine(line: readonly string[]): readonly string[] {
  const at = line.findIndex(
    (word, index) =>
      !word.startsWith('-') && !/^(--(progress|ansi|profile|file)|-f)$/.test(line[index - 1] ?? ''),
  );
  return line.slice(at);
}

/** Commands after which the world is not what it was. */
export function changesWorld(line: readonly string[]): boolean {
  if (line.includes('--dry-run')) return false;
  return !/^(plan|ps|ls|images|volumes|port|ports|top|logs|stats|events|doctor|completion|__complete|config|graph|env|version|export)$/.test(
    commandOfLine(line)[0] ?? '',
  );
}
