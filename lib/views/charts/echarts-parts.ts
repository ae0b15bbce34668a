/** The parts of ECharts that draw charts without a browser; `npm run echarts` bundles them to `echarts.js`. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

export { init };
