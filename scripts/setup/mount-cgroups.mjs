import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';

const top = '/sys/fs/cgroup';

/** Control groups, where no init system has mounted them: dockerd refuses to start without. As root, on Linux. */
export function mountCgroups() {
  if (/ cgroup2? /.test(readFileSync('/proc/mounts', 'utf8'))) return;
  const isUnified = readFileSync('/proc/filesystems', 'utf8').includes('cgroup2');
  if (isUnified && mount('cgroup2', top)) return;
  mount('tmpfs', top, 'mode=755');
  for (const controller of enabledControllers(readFileSync('/proc/cgroups', 'utf8'))) {
    mkdirSync(`${top}/${controller}`, { recursive: true });
    mount('cgroup', `${top}/${controller}`, controller);
  }
}

/** Names of the controllers in /proc/cgroups (name, hierarchy, groups, enabled) that the kernel offers. */
export function enabledControllers(procCgroups) {
  return procCgroups
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
    .filter(([, , , enabled]) => enabled === '1')
    .map(([name]) => name);
}

/** True when it worked. One controller that cannot be mounted must not keep the others from it. */
function mount(type, target, options) {
  try {
    execFileSync('mount', ['-t', type, ...(options ? ['-o', options] : []), type, target], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
