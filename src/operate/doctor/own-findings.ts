import type { Finding } from '../../model/finding.js';
import type { HostFacts } from '../../model/host-facts.js';

/** Below it, watching a tree of usual size ends with an error. */
const fewWatches = 65_536;
const fewInstances = 64;

/** About tscompose itself and what it needs of this machine. */
export async function ownFindings(host: HostFacts, version: string): Promise<Finding[]> {
  const [folder, limits] = await Promise.all([host.stateFolder(), host.watchLimits()]);
  const findings: Finding[] = [versionFinding(host, version)];
  if (!folder.isWritable) {
    findings.push({
      topic: 'tscompose',
      check: 'state-folder',
      state: 'warning',
      text: `${folder.path} cannot be written to: two commands may change one project at the same time`,
      advice: 'give this user the right to write there, or set XDG_STATE_HOME to another directory',
    });
  }
  if (limits !== undefined) {
    const { watches, instances } = limits;
    const isLow = watches < fewWatches || instances < fewInstances;
    findings.push({
      topic: 'tscompose',
      check: 'watch-limits',
      state: isLow ? 'warning' : 'ok',
      text: `one user may watch ${watches} directories, in ${instances} groups`,
      ...(isLow
        ? {
            advice:
              'for `watch`, as root: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512',
          }
        : {}),
    });
  }
  return findings;
}

/** As package.json says. An older one gets far enough to come here, and fails later. */
const oldestNode = [20, 19] as const;

function versionFinding({ nodeVersion, platform }: HostFacts, version: string): Finding {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  return {
    topic: 'tscompose',
    check: 'version',
    state: isOld ? 'problem' : 'ok',
    text: `tscompose ${version} with Node ${nodeVersion} on ${platform}`,
    ...(isOld ? { advice: `install Node ${oldestNode.join('.')} or newer` } : {}),
  };
}
