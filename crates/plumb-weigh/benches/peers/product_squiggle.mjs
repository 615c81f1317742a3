// The product of three intervals with Squiggle: the job of `cargo bench -p plumb-weigh --bench product`.
//
//     npm install @quri/squiggle-lang && node crates/plumb-weigh/benches/peers/product_squiggle.mjs

import { run } from "@quri/squiggle-lang";

const code = "x = (50000 to 150000) * (3000 to 9000) * (0.6 to 0.9)\n[quantile(x, 0.05), quantile(x, 0.5), quantile(x, 0.95)]";

for (const sampleCount of [10_000, 1_000_000]) {
  let best = Infinity;
  let answer = "";
  for (let round = 0; round < 3; round += 1) {
    const start = process.cpuUsage();
    const output = await run(code, { environment: { sampleCount, xyPointLength: 1000, seed: "1" } });
    answer = output.result.ok ? output.result.value.result.toString() : output.result.value.toString();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  console.log(`squiggle-lang, ${sampleCount} draws: ${best.toFixed(1)} ms of the processor   (${answer})`);
}
