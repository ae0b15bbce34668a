/** ECharts as one file, which Node reads in a tenth of the time that its 600 modules take. */
declare module 'echarts/dist/echarts.esm.min.mjs' {
  export { init } from 'echarts';
}
