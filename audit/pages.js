// Reads {"pages": [{name, url, cookie}], "runs", "chrome", "flags"} from standard input; runs
// Lighthouse's mobile profile on each in one headless browser; prints one line of JSON for each.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const asked = JSON.parse(readFileSync(0, "utf8"));
const chrome = await launch({ chromePath: asked.chrome, chromeFlags: asked.flags });
const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}` });
const jar = browser.defaultBrowserContext();

// Lighthouse empties the cache before each run, and leaves cookies. A header of its own would be
// replaced as soon as the site sets a cookie.
async function become(page) {
  await jar.deleteCookie(...(await jar.cookies()));
  if (!page.cookie) return;
  const [name, value] = page.cookie.split("=");
  await jar.setCookie({ name, value, domain: "localhost", path: "/", httpOnly: true });
}

function told(page, { lhr }) {
  const value = (id) => lhr.audits[id]?.numericValue ?? null;
  const requests = lhr.audits["network-requests"]?.details?.items ?? [];
  const sent = requests.filter((one) => one.url.startsWith("http"));
  const weigh = (many) => many.reduce((sum, one) => sum + one.transferSize, 0);
  const faults = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs
      .filter((ref) => ref.weight && (lhr.audits[ref.id].score ?? 1) < 1)
      .map((ref) => `${category.id}: ${ref.id}`),
  );
  const elsewhere = lhr.finalDisplayedUrl === page.url ? "" : `led to ${lhr.finalDisplayedUrl}`;
  return {
    name: page.name,
    error: lhr.runtimeError?.message ?? elsewhere,
    scores: Object.fromEntries(
      Object.values(lhr.categories).map((one) => [one.id, Math.round(100 * (one.score ?? 0))]),
    ),
    faults,
    lcp: value("largest-contentful-paint"),
    cls: value("cumulative-layout-shift"),
    tbt: value("total-blocking-time"),
    bytes: weigh(sent),
    second: weigh(sent.filter((one) => one.resourceType === "Document")),
    requests: sent.length,
  };
}

try {
  for (const page of asked.pages) {
    for (let run = 0; run < asked.runs; run += 1) {
      await become(page);
      const result = await lighthouse(page.url, {
        port: chrome.port,
        logLevel: "error",
        output: "json",
        // Of a page that is meant to stay out of search engines.
        skipAudits: page.hidden ? ["is-crawlable"] : [],
      });
      console.log(JSON.stringify(told(page, result)));
    }
  }
} finally {
  await browser.disconnect();
  chrome.kill();
}
