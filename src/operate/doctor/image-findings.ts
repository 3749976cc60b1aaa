import type { Engine } from '../../engine/engine.js';
import { fewAtOnce } from '../../model/few-at-once.js';
import type { Finding } from '../../model/finding.js';
import { given } from '../../model/given.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';

/** What is known of the registry of an image, without asking it. */
export interface RegistryStanding {
  readonly registry: string;
  readonly login: 'known' | 'none';
  /** What is wrong with the client's configuration or its helpers. */
  readonly complaints: readonly string[];
}

const callsAtOnce = 8;

/** Images that have to come from a registry yet, and whether there is a login for it. Asks no registry. */
export async function imageFindings(
  project: Project,
  engine: Engine,
  standingOf: (reference: string) => Promise<RegistryStanding>,
  signal?: AbortSignal,
): Promise<Finding[]> {
  const services = [...project.services.values()].filter(
    ({ build, provider }) => build === undefined && provider === undefined,
  );
  const references = [...new Set(services.map(({ image }) => image))];
  const found = await fewAtOnce(references, callsAtOnce, (image) => engine.findImage(image, signal));
  const missing = references.filter((_, index) => found[index] === undefined);
  const standings = await fewAtOnce(missing, callsAtOnce, standingOf);
  const never = services.filter(
    ({ image, pullPolicy }) => missing.includes(image) && pullPolicy?.kind === 'never',
  );
  const complaints = [...new Set(standings.flatMap((each) => each.complaints))];
  const strangers = standings.filter(({ registry, login }) => login === 'none' && registry !== 'docker.io');
  return [
    ...presence(references.length, missing),
    ...never.map((service) => neverPulled(service, project)),
    ...complaints.map(complaint),
    ...[...new Set(strangers.map(({ registry }) => registry))].map(noLogin),
  ];
}

function presence(count: number, missing: readonly string[]): Finding[] {
  if (count === 0) return [];
  const noun = count === 1 ? 'image' : 'images';
  const text =
    missing.length === 0
      ? `${count === 1 ? 'the one image of the files is' : `all ${count} images of the files are`} here`
      : `${missing.length} of ${count} ${noun} must be pulled: ${missing.join(', ')}`;
  return [{ topic: 'images', check: 'images', state: 'ok', text }];
}

function neverPulled({ name, image }: ServiceSpec, { origins }: Project): Finding {
  const span = origins.spanOf(['services', name, 'pull_policy']);
  return {
    topic: 'images',
    check: 'images',
    state: 'problem',
    text: `image ${image} of service "${name}" is not here, and its pull_policy is never`,
    advice: `docker pull ${image}, or another pull_policy`,
    ...given({ span }),
  };
}

function complaint(text: string): Finding {
  return { topic: 'images', check: 'registry-login', state: 'warning', text };
}

function noLogin(registry: string): Finding {
  return {
    topic: 'images',
    check: 'registry-login',
    state: 'warning',
    text: `nobody is logged in at ${registry}, from where an image must be pulled`,
    advice: `if it is not public: docker login ${registry}`,
  };
}
