import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { findEngine } from '../../../scripts/setup/ensure-engine.mjs';
import { eventually } from '../../support/eventually.js';
import { type Stack, scenario } from '../../support/scenario.js';
import { cliFile } from '../../support/scenario-cli.js';
import { keys } from '../../support/scenario-terminal.js';
import { SshServer, whyNoSshServer } from '../../support/ssh-server.js';

const engineUrl: string | undefined = (await findEngine()).found?.url;
const socketPath = engineUrl?.startsWith('unix://') === true ? engineUrl.slice('unix://'.length) : undefined;
const reason = whyNoSshServer ?? (socketPath === undefined ? 'the engine listens at no socket' : undefined);

/** The engine of all tests, seen through a server of its own. */
function throughSsh(
  rule: string,
  body: (stack: Stack, server: SshServer, env: Record<string, string>) => Promise<void>,
) {
  scenario(rule, async (stack) => {
    await using server = await SshServer.start({ socketPath: socketPath ?? '' });
    await body(stack, server, Object.fromEntries(server.environment()));
  });
}

/** Fulfilled when the server has no connection any more, and this side no file for one. */
async function nothingLeft(server: SshServer): Promise<string> {
  return eventually(async () =>
    server.connections.length === 0 && readdirSync(join(server.folder, 'tmp')).length === 0
      ? 'nothing'
      : undefined,
  );
}

const long = 'image: "busybox:latest", command: sleep 600, init: true';

describe.skipIf(reason !== undefined)(`commands through ssh${reason ? ` (left out: ${reason})` : ''}`, () => {
  throughSsh(
    'an up with more services than one connection has sessions shows all their logs',
    async (stack, server, env) => {
      const names = Array.from({ length: 14 }, (_, index) => `s${index}`);
      const services = names.map(
        (name) => `  ${name}: { image: "busybox:latest", command: echo said by ${name} }`,
      );
      await stack.compose(`services:\n${services.join('\n')}\n`);
      const { exitCode, stdout } = await stack.start(['up', '--no-color'], env).outcome;
      const said = names.filter((name) => stdout.includes(`said by ${name}\n`));
      expect([exitCode, said, server.logins < 4, await nothingLeft(server)]).toEqual([
        0,
        names,
        true,
        'nothing',
      ]);
    },
  );

  throughSsh('what a program is sent, and its exit code, go through', async (stack, _server, env) => {
    await stack.compose(`services:\n  web: { ${long} }\n`);
    await stack.start(['up', '-d'], env).outcome;
    const script = 'wc -c; exit 7';
    const input = Buffer.alloc(3_000_000, 'x');
    const { exitCode, stdout } = await stack.start(['exec', '-T', 'web', 'sh', '-c', script], env, input)
      .outcome;
    expect([exitCode, stdout.trim()]).toEqual([7, '3000000']);
  });

  throughSsh(
    'Ctrl-C in the terminal stops the services, over the connection that is there',
    async (stack, server, env) => {
      await stack.compose(`services:\n  web: { ${long} }\n`);
      const up = stack.inTerminal(['up'], env);
      await up.says('Attaching to web');
      up.type(keys.ctrlC);
      await up.outcome;
      expect([await stack.states(), server.logins]).toEqual([{ 'web-1': 'exited 143' }, 1]);
    },
  );

  throughSsh('a command that is killed leaves nothing behind', async (stack, server, env) => {
    await stack.compose(`services:\n  web: { ${long} }\n`);
    const up = stack.start(['up'], env);
    await up.says('Started');
    up.signal('SIGKILL');
    expect([(await up.outcome).exitCode, await nothingLeft(server)]).toEqual([137, 'nothing']);
  });

  throughSsh(
    'a program that forgets to close its connection ends, and leaves nothing behind',
    async (_stack, server, env) => {
      const library = pathToFileURL(join(cliFile, '../../index.js')).href;
      const program = `
      const { connect } = await import('${library}');
      const engine = await connect();
      console.log((await engine.info()).os);`;
      const options = { env: { ...process.env, ...env }, timeout: 20_000 };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '-e', program],
        options,
      );
      expect([stdout, await nothingLeft(server)]).toEqual(['linux\n', 'nothing']);
    },
  );
});
