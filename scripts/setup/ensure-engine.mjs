import { pingEngine } from './engine-api.mjs';
import { note, SetupError } from './say.mjs';
import { thisMachine } from './this-machine.mjs';

/**
 * An engine that answers: the one that is there, else `dockerd` started, else Docker installed from the distribution
 * and started. An engine that runs is used as it is, whatever its settings.
 * @param {import('./this-machine.mjs').Machine} [machine]
 * @returns {Promise<{address: import('./engine-addresses.mjs').EngineAddress, how: 'found' | 'started' | 'installed'}>}
 */
export async function ensureEngine(machine = thisMachine({ ping: pingEngine, note })) {
  const { found, tried } = await findEngine(machine);
  if (found !== undefined) return { address: found, how: 'found' };

  const forbidden = tried.find(({ answer }) => answer === 'forbidden');
  if (forbidden !== undefined) throw new SetupError(forbiddenMessage(forbidden.url));
  if (machine.hasProgram('dockerd')) {
    if (!machine.isRoot) throw new SetupError(notRunningMessage(machine, tried));
    return { address: await machine.startEngine(), how: 'started' };
  }
  if (!machine.isRoot || !machine.isDebianLike) throw new SetupError(missingMessage(machine, tried));
  await machine.installEngine();
  return { address: await machine.startEngine(), how: 'installed' };
}

/**
 * The first engine that answers, and what every other address said.
 * @param {import('./this-machine.mjs').Machine} [machine]
 */
export async function findEngine(machine = thisMachine({ ping: pingEngine, note })) {
  const tried = [];
  for (const address of machine.addresses) {
    const answer = await machine.ping(address);
    if (answer === 'answers') return { found: address, tried };
    if (isChosen(address)) machine.note(`${address.source} is ${address.url}: ${meanings[answer]}`);
    tried.push({ ...address, answer });
  }
  return { found: undefined, tried };
}

const isChosen = ({ source }) => source === 'DOCKER_HOST' || source.startsWith('docker context');

const meanings = {
  absent: 'no engine there',
  forbidden: 'this user may not use it',
  silent: 'something listens, but does not answer',
  unsupported: 'an address that this script cannot try',
};

/** Each address that the person chose or where something is; the usual sockets with nothing there in one line. */
function triedList(tried) {
  const isPlain = (entry) => entry.answer === 'absent' && !isChosen(entry);
  const rows = tried
    .filter((entry) => !isPlain(entry))
    .map(({ source, url, answer }) => `${url} (${source}): ${meanings[answer]}`);
  const usual = [...new Set(tried.filter(isPlain).map(({ source }) => source))];
  if (usual.length > 0) rows.push(`the usual addresses of ${usual.join(', ')}: ${meanings.absent}`);
  return ['  Tried:', ...rows.map((row) => `    ${row}`)].join('\n');
}

function forbiddenMessage(url) {
  return [
    `An engine is at ${url}, but this user may not use it.`,
    '  Run this command as root, or join the group that may and log in again:',
    '    sudo usermod -aG docker "$USER"',
  ].join('\n');
}

function notRunningMessage(machine, tried) {
  const command = machine.hasSystemd ? 'sudo systemctl start docker' : 'sudo service docker start';
  return [
    'Docker is installed, but it does not run, and only root can start it.',
    triedList(tried),
    `  Start it:  ${command}`,
  ].join('\n');
}

function missingMessage(machine, tried) {
  return ['No container engine answers, and none is installed.', triedList(tried), installHint(machine)].join(
    '\n',
  );
}

function installHint({ platform, isDebianLike }) {
  if (platform === 'darwin' || platform === 'win32') {
    const colima = platform === 'darwin' ? ', or Colima (brew install colima docker && colima start)' : '';
    return `  Install and start Docker Desktop${colima}, then run this command again.`;
  }
  if (isDebianLike)
    return '  Install it:  sudo apt-get install docker.io   (as root, this command does that by itself)';
  return '  Install Docker (https://docs.docker.com/engine/install/) or Podman with its socket, then run this again.';
}
