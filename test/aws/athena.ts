import type { S3Client } from '@aws-sdk/client-s3';
import { type AthenaServer, startAthenaServer } from '../servers/athena.ts';
import { bucketFiles } from './bucket-files.ts';
import { arn } from './call.ts';
import { type CatalogueTable, catalogueTable } from './catalogue.ts';
import type { Emulator } from './emulator.ts';
import { forward, type Gateway } from './gateway.ts';
import { trinoEngine } from './trino-engine.ts';

export interface AthenaOptions {
  emulator: Emulator;
  gateway: Gateway;
  outputs: Record<string, string>;
  /** Role of the caller: Athena acts with its permissions, in Glue and in S3. */
  role: string;
  s3: S3Client;
  /** The day on which projections end that end NOW. */
  today: string;
}

/**
 * Athena behind the gateway. DuckDB runs its queries, or Trino if the environment variable ATHENA_ENGINE says so, over
 * the deployed tables and the emulator's objects.
 */
export async function startAthena(options: AthenaOptions): Promise<AthenaServer> {
  const { emulator, gateway, outputs, role, s3, today } = options;
  const database = String(outputs.GlueDatabase);
  const { TableList } = await emulator.json('glue', 'AWSGlue.GetTables', { DatabaseName: database });
  const tables: CatalogueTable[] = TableList;
  const files = bucketFiles(s3);
  const trino = process.env.ATHENA_ENGINE === 'trino' && (await trinoEngine({ files, tables, database, today }));
  const athena = await startAthenaServer({
    ...{ files, ...(trino && { engine: trino }) },
    workgroup: String(outputs.AthenaWorkgroup),
    database,
    output_location: `s3://${outputs.ResultsBucket}/athena/`,
  });
  for (const table of tables) athena.addTable(catalogueTable(table, today));

  gateway.services.set('athena', async (request) => {
    const { QueryString = '' } = JSON.parse(request.body.toString());
    const asked = tables.filter(({ Name }) => new RegExp(`\\b${database}\\.${Name}\\b`).test(QueryString));
    for (const { Name } of asked) {
      const resources = ['catalog', `database/${database}`, `table/${database}/${Name}`];
      await gateway.permit(
        role,
        resources.map((resource) => ({ action: 'glue:GetTable', resource: arn('glue', resource) })),
      );
    }
    return forward(request, Number(new URL(athena.url).port));
  });
  return athena;
}
