import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { Canaries } from '../../support/canary/canaries.js';
import { scenario } from '../../support/scenario.js';

/** Texts of all files below a folder. */
async function textsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
}

scenario(
  'on a real engine no secret is in progress, failures, labels, state or caches',
  async (stack) => {
    const canaries = new Canaries();
    const at = (place: string) => canaries.at(place);
    const home = join(stack.folder, 'home');
    await mkdir(home);
    await stack.write('web.env', `WEB_PLAIN=${at('env file')}\n`);
    await stack.write(
      'built/Dockerfile',
      'FROM busybox\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN && test -e /fine\n',
    );
    await stack.compose(`
services:
  web:
    image: busybox
    init: true
    command: [sleep, "600"]
    environment: { DB_PASSWORD: "${at('environment')}" }
    env_file: web.env
    secrets: [{ source: token, mode: 0400 }]
    volumes: [data:/data]
  failing:
    profiles: [broken]
    image: busybox
    command: [sh, -c, "env; exit 3"]
    environment: { API_TOKEN: "${at('environment of a failing one')}" }
    healthcheck: { test: [CMD, "true"] }
  needy: { image: busybox, profiles: [broken], depends_on: { failing: { condition: service_healthy } } }
  built:
    profiles: [built]
    build: { context: ./built, args: { NPM_TOKEN: "${at('build argument')}" } }
secrets: { token: { environment: TOKEN_VALUE } }
volumes: { data: {} }
`);
    const env = { TOKEN_VALUE: at('secret'), HOME: home, XDG_STATE_HOME: '', XDG_CACHE_HOME: '' };
    const lines = [
      ['--verbose', 'up', '-d'],
      ['--progress', 'json', 'up', '-d', '--force-recreate'],
      ['--profile', 'broken', '--verbose', 'up', '-d'],
      ['--profile', 'built', '--progress', 'plain', 'build'],
      ['plan', '--json'],
      ['ps', '-a', '--format', 'json', '--no-trunc'],
      ['doctor'],
    ];
    const outputs: string[] = [];
    for (const line of lines) {
      const { stdout, stderr } = await stack.start(line, env).outcome;
      outputs.push(stdout, stderr);
    }
    const resources = await Promise.all([
      stack.containers(),
      stack.engine.listNetworks(stack.project),
      stack.engine.listVolumes(stack.project),
    ]);
    const labels = resources.flat().flatMap((each) => [...each.labels.values()]);
    expect({
      outputs: canaries.leaksIn(outputs.join('\n')),
      labels: canaries.leaksIn(labels.join('\n')),
      files: canaries.leaksIn((await textsBelow(home)).join('\n')),
      failed: /exited|ended/.test(outputs[5] ?? ''),
    }).toEqual({ outputs: [], labels: [], files: [], failed: true });
  },
  { limitMs: 120_000 },
);
