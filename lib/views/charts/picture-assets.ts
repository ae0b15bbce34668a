/** Files of packages that pictures are drawn with, by the names under which they are copied beside bundled code. */
export const PICTURE_ASSETS = {
  'resvg.wasm': '@resvg/resvg-wasm/index_bg.wasm',
  'Inter.ttf': '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
} as const;
