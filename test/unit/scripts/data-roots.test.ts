import { expect, test } from 'vitest';
import { startWithSoundData } from '../../../scripts/setup/data-roots.mjs';

const roots = [undefined, '/state/docker-data', '/state/docker-data-2'];

/** A daemon that ends at once with the data of which the facts say why, and answers with all other. */
async function outcome(failures: Readonly<Record<string, Error>>) {
  const tried: string[] = [];
  const notes: string[] = [];
  const start = async (dataRoot: string | undefined) => {
    const name = dataRoot ?? 'usual';
    tried.push(name);
    if (failures[name] !== undefined) throw failures[name];
    return name;
  };
  const result = await startWithSoundData(roots, start, (text: string) => notes.push(text)).catch(
    (error: Error) => error,
  );
  return { result, tried, notes };
}

const ends = (message: string) => Object.assign(new Error(message), { isEarlyEnd: true });

test('sound data is used as it is', async () => {
  expect(await outcome({})).toEqual({ result: 'usual', tried: ['usual'], notes: [] });
});

test('data that the daemon breaks off over stays, is told with the cause, and other data is used', async () => {
  const broken = ends('it ended with exit code 2. From /log:\npanic: index out of range\n\ngoroutine 1');
  const { result, notes } = await outcome({ usual: broken });
  expect(result).toBe('/state/docker-data');
  expect(notes).toEqual([
    'dockerd does not start (panic: index out of range); its data in its usual place stays as it is, now with /state/docker-data',
  ]);
});

test('a daemon that starts with no data at all tells the first cause', async () => {
  const first = ends('no iptables');
  const { result, tried } = await outcome({
    usual: first,
    '/state/docker-data': ends('two'),
    '/state/docker-data-2': ends('three'),
  });
  expect(result).toBe(first);
  expect(tried).toHaveLength(3);
});

test('a daemon that is only slow is not started a second time', async () => {
  const slow = new Error('does not answer after 60 s');
  expect(await outcome({ usual: slow })).toEqual({ result: slow, tried: ['usual'], notes: [] });
});
