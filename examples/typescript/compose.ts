import { defineCompose } from 'tscompose';
import { shard } from './shards.ts';

const port = process.env.TYPESCRIPT_PORT ?? '8090';

/** The front asks each shard for its page. */
const script = ['a', 'b']
  .map((name) => `wget -q -O - http://shard-${name}:8080/ >> /site/index.html`)
  .join(' && ');

export default defineCompose({
  services: {
    front: {
      image: 'busybox:latest',
      init: true,
      command: ['sh', '-c', `mkdir /site && ${script} && exec httpd -f -p 8080 -h /site`],
      ports: [`${port}:8080`],
      depends_on: {
        'shard-a': { condition: 'service_healthy' },
        'shard-b': { condition: 'service_healthy' },
      },
    },
    'shard-a': shard('a', 'a-data'),
    'shard-b': shard('b', 'b-data'),
  },
  volumes: { 'a-data': null, 'b-data': null },
});
