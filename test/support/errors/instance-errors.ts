import type { CliIo } from '../../../src/cli/io.js';
import type { InstanceClaim, InstanceGrant } from '../../../src/model/instance.js';
import type { FakeCliIo } from '../fake-cli-io.js';
import type { ErrorCase } from './error-case.js';

const web = {
  'compose.yaml': 'name: app\nservices:\n  web:\n    image: busybox\n    ports:\n      - "8080:80"\n',
};

/** Several copies of a project side by side. */
export const instanceErrors: readonly ErrorCase[] = [
  {
    code: 'instance/invalid',
    title: 'a name that no instance can have is refused with one like it',
    files: web,
    command: '--instance Feature_Login up -d',
  },
  {
    code: 'instance/elsewhere',
    title: 'an instance of another directory is left alone, with both places',
    files: web,
    command: '--instance login up -d',
    io: async (io) => withGrant(io, () => ({ kind: 'elsewhere', directory: '/home/user/other' })),
  },
  {
    code: 'instance/port',
    title: 'a port that cannot be found is named with its line',
    files: web,
    command: '--instance login up -d',
    io: async (io) => withGrant(io, ({ wishes }) => ({ kind: 'no-room', key: wishes[0]?.key ?? '' })),
  },
  {
    code: 'instance/shared',
    title: 'what instances have in common is a warning with its line',
    files: {
      'compose.yaml': `name: app
services:
  web:
    image: busybox
    network_mode: host
`,
    },
    command: '--instance login config --quiet',
  },
];

async function withGrant(
  { load }: FakeCliIo,
  grant: (claim: InstanceClaim) => InstanceGrant,
): Promise<Partial<CliIo>> {
  return { load: { ...load, instances: { claim: async (claim) => grant(claim) } } };
}
