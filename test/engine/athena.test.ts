import { athenaEngine } from '../../lib/engine/athena.ts';
import { engineContract } from '../contracts/engine.ts';
import { startAthenaServer } from '../servers/athena.ts';
import { startS3Server } from '../servers/s3.ts';

const PLACES = { database: 'logtally', workgroup: 'logtally', output_location: 's3://results/athena/' };

engineContract('Athena', async () => {
  const s3 = await startS3Server();
  const athena = await startAthenaServer({ s3, ...PLACES });
  return {
    engine: athenaEngine({ client: athena.client(), s3: s3.client(), ...PLACES }),
    location: (name) => `s3://results/staging/${name}/`,
    files: async (location) => {
      const prefix = location.slice('s3://'.length);
      const found = [...s3.objects].filter(([key]) => key.startsWith(prefix));
      return new Map(found.map(([key, { body }]) => [key.slice(prefix.length), body]));
    },
    async close() {
      await athena.close();
      await s3.close();
    },
  };
});
