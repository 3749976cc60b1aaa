/** A shard of the store: a small server with a volume of its own. */
export function shard<const Volume extends string>(name: string, volume: Volume) {
  return {
    image: 'busybox:latest',
    init: true,
    command: ['sh', '-c', `echo shard ${name} > /data/index.html && exec httpd -f -p 8080 -h /data`],
    volumes: [{ type: 'volume', source: volume, target: '/data' }],
    healthcheck: { test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/'], interval: '1s' },
  } as const;
}
