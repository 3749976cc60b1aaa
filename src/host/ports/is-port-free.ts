import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Whether nobody on this machine has a port, at any address, for TCP or UDP. Takes it for a moment. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canListen(port)) && (await canReceive(port));
}

/** All addresses of both families at once, as far as there are two: a port that one of them has is not free. */
function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function canReceive(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => socket.close(() => resolve(false)));
    socket.bind({ port, exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
