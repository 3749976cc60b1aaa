import { describe, expect, test } from 'vitest';
import { chosenFormat } from '../../../src/cli/client-format.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const home = fakeCliIo().homeDir;
const config = JSON.stringify({ psFormat: '{{.Name}}', statsFormat: 7 });

describe('the format of a list', () => {
  test.each([
    ['is what the flag says', 'json', { [`${home}/.docker/config.json`]: config }, {}, 'json'],
    [
      'is otherwise what the docker client says',
      undefined,
      { [`${home}/.docker/config.json`]: config },
      {},
      '{{.Name}}',
    ],
    [
      'is read where DOCKER_CONFIG says',
      undefined,
      { '/cfg/config.json': config },
      { DOCKER_CONFIG: '/cfg' },
      '{{.Name}}',
    ],
    ['is not chosen without a configuration', undefined, {}, {}, undefined],
    [
      'is not chosen by a broken configuration',
      undefined,
      { [`${home}/.docker/config.json`]: '{' },
      {},
      undefined,
    ],
  ])('%s', async (_rule, given, files, environment, format) => {
    const io = fakeCliIo({
      files: files as Record<string, string>,
      environment: environment as Record<string, string>,
    });
    expect(await chosenFormat(given, 'psFormat', io)).toBe(format);
  });
});
