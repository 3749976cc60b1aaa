import { busyboxBinary } from './busybox-binary.mjs';
import { dockerArchive } from './docker-archive.mjs';
import { packTar } from './tar.mjs';

const passwd = [
  'root:x:0:0:root:/root:/bin/sh',
  'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
  'bin:x:2:2:bin:/bin:/bin/false',
  'mail:x:8:8:mail:/var/spool/mail:/bin/false',
  'www-data:x:33:33:www-data:/var/www:/bin/false',
  'nobody:x:65534:65534:nobody:/home:/bin/false',
];
const group = [
  'root:x:0:',
  'daemon:x:1:',
  'bin:x:2:',
  'mail:x:8:',
  'www-data:x:33:',
  'users:x:100:',
  'nobody:x:65534:',
];
const folders = ['bin', 'dev', 'etc', 'home', 'proc', 'sys', 'usr', 'usr/bin', 'usr/sbin', 'var', 'var/www'];

/**
 * An archive of an image that serves in place of the public busybox:latest: busybox, a link for each of its programs
 * in /bin, and the few files of /etc that programs look into.
 * @param {string} architecture in the Engine's words: amd64, arm64
 * @returns {Promise<{archive: Buffer, origin: string}>}
 */
export async function busyboxImage(architecture) {
  const { binary, applets, origin } = await busyboxBinary();
  const archive = dockerArchive({
    tag: 'docker.io/library/busybox:latest',
    architecture,
    comment: `made by tscompose from ${origin}`,
    config: { Cmd: ['sh'], Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
    layer: packTar(rootFileSystem(binary, applets)),
  });
  return { archive, origin };
}

function rootFileSystem(binary, applets) {
  const links = applets.filter((name) => name !== 'busybox');
  return [
    ...folders.map((path) => ({ type: 'directory', path })),
    { type: 'directory', path: 'root', mode: 0o700 },
    { type: 'directory', path: 'tmp', mode: 0o1777 },
    { type: 'file', path: 'bin/busybox', mode: 0o755, data: binary },
    ...links.map((name) => ({ type: 'link', path: `bin/${name}`, target: 'busybox' })),
    { type: 'link', path: 'usr/bin/env', target: '../../bin/busybox' },
    textFile('etc/passwd', passwd),
    textFile('etc/group', group),
    textFile('etc/shadow', ['root:*:::::::'], 0o640),
    textFile('etc/nsswitch.conf', ['hosts: files dns']),
  ];
}

function textFile(path, lines, mode = 0o644) {
  return { type: 'file', path, mode, data: Buffer.from(`${lines.join('\n')}\n`) };
}
