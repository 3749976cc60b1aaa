import { busyboxImage } from './busybox-image.mjs';
import { askEngine } from './engine-api.mjs';
import { failureIn, pullImage } from './pull-image.mjs';
import { note, SetupError } from './say.mjs';

/** Every image that an example or a test runs, and how to make it where no registry can be reached. */
const images = [{ repository: 'busybox', tag: 'latest', make: busyboxImage }];

/** Processors as Node and as engines name them. */
const architectures = { x64: 'amd64', arm64: 'arm64', s390x: 's390x', ppc64: 'ppc64le', riscv64: 'riscv64' };

/** Has the engine, pulls or makes each image; never waits long for a registry. */
export async function ensureImages(address) {
  let registry = 'untried';
  const words = [];
  for (const image of images) {
    const name = `${image.repository}:${image.tag}`;
    if (await hasImage(address, name)) {
      words.push(`${name} is there`);
      continue;
    }
    if (registry !== 'unreachable') {
      note(`pull ${name}`);
      const pull = await pullImage(address, image);
      if (pull.outcome === 'pulled') {
        words.push(`${name} pulled`);
        continue;
      }
      registry = pull.outcome;
      note(`cannot pull ${name}: ${pull.reason}`);
    }
    words.push(`${name} made from ${await makeImage(address, image)}`);
  }
  return { detail: words.join(', ') };
}

async function hasImage(address, name) {
  const { status } = await askEngine(address, { path: `/images/${name}/json` });
  return status === 200;
}

/** Returns what it was made from. */
async function makeImage(address, { repository, tag, make }) {
  const architecture = await engineArchitecture(address);
  if (process.platform !== 'linux' || architecture !== architectures[process.arch]) {
    throw new SetupError(
      `The engine has no image ${repository}:${tag} and cannot pull it, and one that this machine makes would not run on the engine (linux/${architecture}).\n  Pull or load the image into the engine, then run this command again.`,
    );
  }
  const { archive, origin } = await make(architecture);
  const answer = await askEngine(address, {
    method: 'POST',
    path: '/images/load?quiet=1',
    body: archive,
    idleTimeoutMs: 60_000,
  });
  const problem = answer.status === 200 ? undefined : (failureIn(answer.body) ?? `status ${answer.status}`);
  if (problem !== undefined)
    throw new SetupError(`The engine does not take the image ${repository}:${tag}: ${problem}`);
  return origin;
}

async function engineArchitecture(address) {
  const { body } = await askEngine(address, { path: '/version' });
  return JSON.parse(body).Arch;
}
