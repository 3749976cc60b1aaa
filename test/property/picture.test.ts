import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Project } from '../../src/model/project.js';
import { drawProject, type PictureFormat } from '../../src/picture/draw.js';
import { dotText } from '../../src/picture/draw-dot.js';
import { mermaidText } from '../../src/picture/draw-mermaid.js';
import { xmlText } from '../../src/picture/svg/svg-text.js';
import { serviceOf } from '../support/project-builder.js';
import { projects } from '../support/random-projects.js';

/** With a service that sleeps, and names that mean something to one format or another. */
const oddProjects: fc.Arbitrary<Project> = projects.map((project) => ({
  ...project,
  inactiveServices: new Map([['end', serviceOf('end', { profiles: ['p'] })]]),
}));

type Kind = 'service' | 'network' | 'volume';

interface JsonPicture {
  readonly services: readonly { readonly name: string }[];
  readonly networks: readonly { readonly key: string }[];
  readonly volumes: readonly { readonly key: string }[];
}

/** How often each is defined, not only referred to. */
const definitions: Record<PictureFormat, (text: string, kind: Kind, name: string) => number> = {
  text: (text, kind, name) => {
    const lines = text.split('\n');
    if (kind === 'service') return lines.filter((line) => new RegExp(`[●○].* ${name}  `).test(line)).length;
    const section = lines.slice(lines.indexOf(`${kind}s`) + 1);
    const end = section.indexOf('');
    return section.slice(0, end).filter((line) => line === `  ${name}`).length;
  },
  mermaid: (text, kind, name) => {
    const open = { service: '["', network: '(["', volume: '[("' }[kind];
    const start = new RegExp(`^  ${kind[0]}\\d+${escaped(open)}${escaped(mermaidText(name))}["<]`);
    return text.split('\n').filter((line) => start.test(line)).length;
  },
  dot: (text, kind, name) =>
    text.split('\n').filter((line) => line.startsWith(`  ${dotText(`${kind} ${name}`)} [shape=`)).length,
  json: (text, kind, name) => {
    const { services, networks, volumes } = JSON.parse(text) as JsonPicture;
    const names = services.map((service) => service.name);
    const keys = (kind === 'network' ? networks : volumes).map(({ key }) => key);
    return (kind === 'service' ? names : keys).filter((found) => found === name).length;
  },
  svg: (text, kind, name) => {
    const groups = text.split(`<g class="${kind}`).slice(1);
    return groups.filter((group) => {
      const first = /class="name"[^>]*>([^<]*)</.exec(group)?.[1];
      return first === xmlText(name);
    }).length;
  },
};

function escaped(text: string): string {
  return text.replace(/[[\](){}.+*?^$|\\]/g, '\\$&');
}

test.each(['text', 'mermaid', 'dot', 'svg', 'json'] as const)(
  'every service, network and volume is in a %s picture once',
  (format) => {
    fc.assert(
      fc.property(oddProjects, (project) => {
        const text = drawProject(project, format);
        const wanted = [
          ...[...project.services.keys(), ...project.inactiveServices.keys()].map(
            (name) => ['service', name] as const,
          ),
          ...[...project.networks.keys()].map((name) => ['network', name] as const),
          ...[...project.volumes.keys()].map((name) => ['volume', name] as const),
        ];
        const counts = wanted.map(([kind, name]) => [kind, name, definitions[format](text, kind, name)]);
        expect(counts).toEqual(wanted.map(([kind, name]) => [kind, name, 1]));
      }),
      { numRuns: 60 },
    );
  },
);
