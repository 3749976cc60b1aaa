// Writes a Compose file of any size that looks like what people have: shared settings by anchor, and for every
// service ports, volumes, networks, a healthcheck, labels and a dependency.

const networkCount = 5;

/** @param {number} services how many */
export function generateProject(services) {
  const names = Array.from({ length: services }, (_, index) => `app-${index}`);
  return [
    head,
    'services:',
    ...names.map(service),
    'networks:',
    ...networks(),
    'volumes:',
    ...names.map(volume),
  ].join('\n');
}

const head = `name: bench
x-common: &common
  image: registry.example.com/shop/app:1.4.2
  restart: unless-stopped
  logging: {driver: json-file, options: {max-size: 10m, max-file: "3"}}
x-health: &health
  test: [CMD, wget, -q, -O-, "http://localhost:8080/health"]
  interval: 10s
  timeout: 3s
  retries: 5
x-environment: &environment
  LOG_LEVEL: \${LOG_LEVEL:-info}
  TZ: Europe/Berlin
`;

function service(name, index) {
  return `  ${name}:
    <<: *common
    ports:
      - "127.0.0.1:${10000 + index}:8080"
      - target: 9090
        published: "${20000 + index}"
    volumes:
      - data-${index}:/var/lib/app
      - ./conf/${name}:/etc/app:ro
    networks:
      net-${index % networkCount}:
        aliases: [${name}.internal]
      net-${(index + 1) % networkCount}:
    environment:
      <<: *environment
      SERVICE_NAME: ${name}
      PEER: "app-${Math.max(0, index - 1)}"
    healthcheck:
      <<: *health
      start_period: ${5 + (index % 20)}s
    labels:
      - "com.example.tier=${index % 3}"
      - "com.example.index=${index}"
    deploy:
      resources: {limits: {cpus: "0.5", memory: 256M}}${index % 10 === 0 ? '' : dependency(index)}`;
}

function dependency(index) {
  return `
    depends_on:
      app-${index - 1}: {condition: service_healthy}`;
}

function networks() {
  return Array.from({ length: networkCount }, (_, index) => `  net-${index}: {driver: bridge}`);
}

function volume(_, index) {
  return `  data-${index}: {}`;
}
