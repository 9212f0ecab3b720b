// Reads {"pages": [{name, url, cookies}], "runs", "applied", "chrome", "flags"} from standard input;
// runs Lighthouse's mobile profile on each in one headless browser; prints one line of JSON for each.
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
  for (const one of page.cookies.split("; ").filter(Boolean)) {
    const [name, value] = one.split("=");
    await jar.setCookie({ name, value, domain: "localhost", path: "/", httpOnly: true });
  }
}

function told(page, { lhr }) {
  const value = (id) => lhr.audits[id]?.numericValue ?? null;
  const requests = lhr.audits["network-requests"]?.details?.items ?? [];
  const sent = requests.filter((one) => one.url.startsWith("http"));
  const weigh = (many) => many.reduce((sum, one) => sum + one.transferSize, 0);
  const rated = asked.applied ? [] : Object.values(lhr.categories);
  const faults = rated.flatMap((category) =>
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

// Only the first run asks about everything: what the others say does not depend on time. Best
// practices does now and then: an error in the console may come and go.
function categories(run) {
  if (asked.applied) return ["performance"];
  return run ? ["performance", "best-practices"] : null;
}

async function look(page, run) {
  await become(page);
  return lighthouse(page.url, {
    port: chrome.port,
    logLevel: "error",
    output: "json",
    onlyCategories: categories(run),
    throttlingMethod: asked.applied ? "devtools" : "simulate",
    disableFullPageScreenshot: true,
    // Of a page that is meant to stay out of search engines.
    skipAudits: page.hidden ? ["is-crawlable"] : [],
  });
}

// Now and then Chromium's trace lacks its beginning, and Lighthouse says to run it again.
async function lookOnceMore(page, run) {
  let result = await look(page, run);
  for (let more = 0; result.lhr.runtimeError?.code === "NO_NAVSTART" && more < 3; more += 1) {
    result = await look(page, run);
  }
  return result;
}

try {
  for (const page of asked.pages) {
    for (let run = 0; run < asked.runs; run += 1) {
      console.log(JSON.stringify(told(page, await lookOnceMore(page, run))));
    }
  }
} finally {
  await browser.disconnect();
  chrome.kill();
}
