import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from './scenario-stack.js';

/** Keeps the transcript, the plan and what the engine has in a folder, and says where. */
export async function keepEvidence(stack: Stack, rule: string, error: unknown): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tscompose-failed-'));
  const { stdout, stderr } = await stack.run('plan', '--verbose');
  const state = await stateOf(stack).catch((cause: unknown) => ({ cannotBeRead: String(cause) }));
  const files = {
    'transcript.txt': `${rule}\n\n${stack.transcript.map((entry) => entry()).join('\n')}\n${error instanceof Error ? error.stack : error}\n`,
    'plan.txt': `${stdout}${stderr}`,
    'engine.json': `${JSON.stringify(state, mapsAsObjects, 2)}\n`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  process.stderr.write(`\n"${rule}" failed; transcript, plan and engine state are in ${folder}\n`);
}

async function stateOf({ engine, project }: Stack): Promise<unknown> {
  const containers = await engine.listContainers(project);
  const details = await Promise.all(
    containers.map(async (container) => ({
      ...container,
      details: await engine.inspectContainer(container.id),
      log: await logOf(engine, container.id),
    })),
  );
  return {
    engine: await engine.info(),
    containers: details,
    networks: await engine.listNetworks(project),
    volumes: await engine.listVolumes(project),
  };
}

async function logOf(engine: Stack['engine'], id: string): Promise<string[]> {
  const chunks: Uint8Array[] = [];
  const times: string[] = [];
  for await (const chunk of engine.readLogs(id, { follow: false, tail: 50, timestamps: true })) {
    chunks.push(chunk.data);
    times.push(...(chunk.times ?? []));
  }
  const lines = Buffer.concat(chunks).toString('utf8').split('\n');
  return lines.map((line, index) => `${times[index] ?? ''} ${line}`);
}

function mapsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}
