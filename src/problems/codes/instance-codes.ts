import type { ProblemEntry } from './problem-entry.js';

/** Of several copies of a project side by side: `--instance`. */
export const instanceCodes = {
  'instance/invalid': {
    meaning: 'a name that no instance can have, or a project that cannot have instances',
    cause: 'signs that names of containers and images do not allow, or a name in the files with `--` in it',
    remedy: 'take lower-case letters, digits and single hyphens; [instances](instances.md) tells why',
  },
  'instance/elsewhere': {
    meaning: 'an instance of that name belongs to another directory',
    cause: 'two checkouts asked for the same name',
    remedy: 'take another name or `--instance auto`; `--adopt` goes on with it from here',
  },
  'instance/port': {
    meaning: 'a host port of an instance was taken, cannot be found or cannot be remembered',
    cause: 'another program or container has it by now, or the state directory cannot be written to',
    remedy: '`tscompose ports` says which ports it has now; see to `XDG_STATE_HOME` if they change each time',
  },
  'instance/shared': {
    meaning: 'something that instances of a project have in common',
    cause: 'the network of the host, a fixed subnet, or a volume on a directory of the host',
    remedy: 'leave it out, or make it differ with `${TSCOMPOSE_INSTANCE}`',
  },
} as const satisfies Record<string, ProblemEntry>;
