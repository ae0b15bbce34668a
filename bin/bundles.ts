import { type BuildOptions, buildSync } from 'esbuild';
import { bundledFiles } from '../lib/infra/function-build.ts';
import manifest from '../package.json' with { type: 'json' };

/** The bundles of the npm package beside the functions. Each returns the files whose code it holds, relative to the repository. */
const COMMON: BuildOptions = {
  absWorkingDir: `${import.meta.dirname}/..`,
  bundle: true,
  platform: 'node',
  target: 'node22.17',
  // npm installs these with the package. All other packages become part of the bundles.
  external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

/** `logtally.js`, the file of the threads that read logs, and what both load when a command needs it. */
export function buildCommandLine(outdir: string): string[] {
  const { metafile } = buildSync({
    ...COMMON,
    metafile: true,
    entryPoints: [
      { in: 'bin/logtally.ts', out: 'logtally' },
      { in: 'lib/lake/duckdb/stretch-worker.ts', out: 'stretch-worker' },
      { in: 'lib/cli/record-worker.ts', out: 'record-worker' },
    ],
    outdir,
    format: 'esm',
    splitting: true,
    // Some packages are CommonJS and call require for Node's own modules.
    banner: { js: "import{createRequire as nodeRequire}from'node:module';const require=nodeRequire(import.meta.url);" },
  });
  return bundledFiles(metafile);
}

/** `logtally/cdk`. It is CommonJS, as the CDK is: test runners that cannot require an ES module load it, too. */
export function buildConstruct(outfile: string): string[] {
  const { metafile } = buildSync({
    ...COMMON,
    metafile: true,
    entryPoints: ['lib/infra/index.ts'],
    outfile,
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__filename' },
  });
  return bundledFiles(metafile);
}
