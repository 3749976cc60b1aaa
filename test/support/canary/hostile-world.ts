import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { composeLabel } from '../../../src/model/labels.js';
import { containerOf, labelsOf } from '../../engine/contract-builders.js';

/** Names that a Compose file cannot have, but labels and other tools can. */
export interface HostileWorld {
  readonly engine: MemoryEngine;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * A project whose values are all hostile, next to containers of others that nobody checked: an orphan of this project,
 * and a project whose every name is the text.
 */
export async function hostileWorld(text: string): Promise<HostileWorld> {
  const engine = new MemoryEngine({
    images: ['busybox', `evil:${text}`],
    registry: ['busybox'],
    program: ({ labels }) => ({
      health: 'healthy',
      output: [{ stream: 'stderr', text: 'ready' }],
      ...(labels.get(composeLabel.oneOff) === 'True' ? { exitCode: 0 } : {}),
    }),
  });
  for (const project of ['app', `other${text}`]) {
    const [service, spec] = [`gone${text}`, containerOf({ project, image: `evil:${text}` })];
    const places = [
      [composeLabel.configFiles, `/somewhere/${text}`],
      [composeLabel.workingDir, `/somewhere/${text}`],
    ] as const;
    const labels = new Map([...labelsOf(project, service), ...places, [`label${text}`, text]]);
    const id = await engine.createContainer({ ...spec, name: `${project}-${text}`, labels });
    await engine.startContainer(id);
  }
  return { engine, files: hostileFiles(text) };
}

function hostileFiles(text: string): Record<string, string> {
  const web = {
    image: 'busybox',
    command: ['serve', text],
    environment: { MODE: text, [`NAME_${text}`]: text },
    labels: { note: text, [`label${text}`]: text },
    healthcheck: { test: ['CMD', 'check', text] },
    post_start: [{ command: ['hook', text] }],
    volumes: [`data:/data`],
    networks: ['front'],
    configs: [{ source: 'page', target: `/etc/${text}` }],
    profiles: [],
    hostname: text,
  };
  const project = {
    name: 'app',
    services: {
      web,
      built: {
        build: {
          context: './built',
          args: { MODE: text },
          dockerfile_inline: `FROM busybox\nRUN echo ${oneLine(text)}\n`,
        },
      },
      provided: { provider: { type: 'cloud', options: { size: text } } },
    },
    networks: { front: { name: `front${text}`, driver_opts: { note: text } } },
    volumes: { data: { name: `data${text}`, labels: { note: text } } },
    configs: { page: { content: text } },
  };
  return {
    'compose.yaml': asYaml(project),
    'changed.yaml': asYaml({
      ...project,
      services: { ...project.services, web: { ...web, environment: { MODE: `more ${text}` } } },
    }),
    'broken.yaml': `services:\n  web:\n    imag${withoutLines(text)}: busybox\n    ports: ["${withoutLines(text)}"]\n`,
    'built/file': '',
  };
}

/** JSON is YAML as soon as nothing in it is unprintable. */
function asYaml(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}

function withoutLines(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029"\\]/g, '');
}
