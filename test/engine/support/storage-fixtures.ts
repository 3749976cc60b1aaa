import { type ContainerFixture, container } from './container-fixture.js';

const mounted = (...mounts: unknown[]) => ({ HostConfig: { Mounts: mounts } });

export const storageFixtures: readonly ContainerFixture[] = [
  container(
    ['volumes', 'volumes[].type', 'volumes[].source', 'volumes[].target', 'volumes[].read_only'],
    '{volumes: [{type: volume, source: data, target: /data, read_only: true}]}',
    { HostConfig: { Binds: ['<project>_data:/data:ro'] } },
    { top: 'volumes: {data: {}}' },
  ),
  container(
    ['volumes[].bind', 'volumes[].bind.propagation', 'volumes[].bind.create_host_path'],
    '{volumes: [{type: bind, source: ., target: /b, bind: {propagation: rslave, create_host_path: false}}]}',
    mounted({ Type: 'bind', Source: '<dir>', Target: '/b', BindOptions: { Propagation: 'rslave' } }),
  ),
  container(
    'volumes[].bind.selinux',
    '{volumes: [{type: bind, source: ., target: /b, bind: {selinux: z, create_host_path: true}}]}',
    { HostConfig: { Binds: ['<dir>:/b:rw,z'] } },
  ),
  container(
    'volumes[].bind.recursive',
    '{volumes: [{type: bind, source: ., target: /b, read_only: true, bind: {recursive: readonly, propagation: rprivate}}]}',
    mounted({ Type: 'bind', BindOptions: { ReadOnlyForceRecursive: true } }),
  ),
  container(
    ['volumes[].volume', 'volumes[].volume.nocopy', 'volumes[].volume.labels'],
    '{volumes: [{type: volume, source: bare, target: /v, volume: {nocopy: true, labels: {team: red}}}]}',
    mounted({
      Type: 'volume',
      Source: '<project>_bare',
      VolumeOptions: { NoCopy: true, Labels: { team: 'red' } },
    }),
    { top: 'volumes: {bare: {}}' },
  ),
  container(
    'volumes[].volume.subpath',
    '{volumes: [{type: volume, source: parts, target: /v, volume: {subpath: inner}}]}',
    mounted({ Type: 'volume', VolumeOptions: { Subpath: 'inner' } }),
    { top: 'volumes: {parts: {}}' },
  ),
  container(
    ['volumes[].tmpfs', 'volumes[].tmpfs.size', 'volumes[].tmpfs.mode'],
    '{volumes: [{type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 1023}}]}',
    mounted({ Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 1024 * 1024, Mode: 1023 } }),
  ),
  container(
    ['volumes[].image', 'volumes[].image.subpath'],
    '{volumes: [{type: image, source: busybox, target: /i, image: {subpath: bin}}]}',
    mounted({ Type: 'image', Source: 'busybox', ImageOptions: { Subpath: 'bin' } }),
  ),
  container(
    'volumes[].consistency',
    '{volumes: [{type: bind, source: ., target: /b, consistency: cached, bind: {create_host_path: false}}]}',
    mounted({ Type: 'bind', Consistency: 'cached' }),
  ),
  container('tmpfs', '{tmpfs: ["/scratch:size=1m"]}', { HostConfig: { Tmpfs: { '/scratch': 'size=1m' } } }),
];
