// A program as people have it for the package `docker-compose`, by what its documentation shows. The test changes the
// import and nothing else.
import * as compose from 'docker-compose';

const cwd = import.meta.dirname;
const print = (...words: unknown[]): void => console.log(...words);

await compose.upAll({ cwd, log: false }).then(
  ({ exitCode }) => print('up', exitCode),
  (err) => print('something went wrong:', err.message),
);
await compose.upMany(['api', 'store'], { cwd });
await compose.upOne('store', { cwd, commandOptions: ['--no-deps', ['--timeout', '1']] });

const { data } = await compose.ps({ cwd, commandOptions: [['--format', 'json']] });
for (const service of data.services) {
  const [port] = service.ports;
  print(service.name.replace(/^.*?-/, ''), service.state, port?.exposed.port, typeof port?.mapped?.port);
}
const table = await compose.ps({ cwd });
print(table.data.services.every(({ state }) => state.startsWith('Up ')));

const { address, port } = (await compose.port('web', 8080, { cwd })).data;
print(address, typeof port);

print((await compose.exec('api', 'cat /www/cgi-bin/health', { cwd })).out.startsWith('#!'));
print((await compose.exec('api', ['sh', '-c', 'echo "$0" >&2', 'two words'], { cwd })).err);
print((await compose.run('store', 'echo once', { cwd, commandOptions: ['--rm', '--no-deps'] })).out);

let chunks = '';
const logs = await compose.logs(['web', 'api'], {
  cwd,
  timestamps: true,
  callback: (chunk, streamSource) => {
    if (streamSource === 'stdout') chunks += chunk.toString('utf8');
  },
});
print(chunks === logs.out);

print((await compose.configServices({ cwd })).data.services.sort());
print((await compose.configVolumes({ cwd })).data.volumes);
print(Object.keys((await compose.config({ cwd })).data.config.services).sort());
print((await compose.images({ cwd })).data.services.map(({ repository, tag }) => `${repository}:${tag}`));
print((await compose.stats('store', { cwd })).Name.replace(/^.*?-/, ''));

await compose.pauseOne('store', { cwd });
await compose.unpauseOne('store', { cwd });
await compose.restartOne('web', { cwd, commandOptions: [['-t', '1']] });
await compose.stopMany({ cwd, commandOptions: [['-t', '1']] }, 'web', 'api');
await compose.rm({ cwd }, 'web');
print(
  (await compose.ps({ cwd, commandOptions: ['-a'] })).data.services.map(({ state }) =>
    state.replace(/ .*/, ''),
  ),
);

try {
  await compose.exec('web', 'true', { cwd });
} catch (err) {
  const { exitCode, out, err: text } = err as compose.IDockerComposeResult;
  print(exitCode, out, text !== '');
}
await compose.down({ cwd, commandOptions: [['-t', '1'], '--volumes'] });
print((await compose.ps({ cwd, commandOptions: ['-a'] })).data.services);
