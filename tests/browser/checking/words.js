// Part of what tests/browser/checks.py brings into a page. What a page says, and how it is built:
// one small function a promise, which tells what it finds wrong.

// --- What the page says it is -------------------------------------------------------------

function oneHeading() {
  const found = all('h1').filter(shown);
  return found.length === 1 && said(found[0].textContent) ? [] : [`${found.length} h1`];
}

function headingOrder() {
  let before = 0;
  return all('h1, h2, h3, h4, h5, h6').filter(shown).flatMap(one => {
    const level = +one.localName[1], jumps = before && level > before + 1;
    before = level;
    return jumps || !said(one.textContent) ? [`jumps to ${named(one)}`] : [];
  });
}

function title() {
  const heading = all('h1, main .caption').flatMap(one => words(one.textContent))
    .filter(word => word.length > 2);
  const own = words(document.title.replace('CareerPath', ''));
  return heading.some(word => own.includes(word)) ? [] : [`title "${document.title}"`];
}

function language() {
  const {lang, dir} = document.documentElement;
  return /^[a-z]{2,3}(-|$)/i.test(lang) && /^(ltr|rtl)$/.test(dir) ? [] : [`lang "${lang}"`];
}

function bothOrientations() {
  return [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
    .filter(rule => /orientation/.test(rule.conditionText || '')).map(rule => rule.conditionText);
}

// No film, sound or movement, and no words as a picture.
function still() {
  return all('audio, video, object, embed, iframe, canvas, marquee, img:not(.scan-code)').filter(shown)
    .map(named).concat(document.getAnimations().length ? ['something moves'] : []);
}

function ids() {
  const seen = all('[id]').map(one => one.id);
  return [...new Set(seen.filter((id, place) => seen.indexOf(id) !== place))];
}

function samePlaces() {
  const missing = ['.skip-link', 'header a.wordmark', 'header nav[aria-label]', 'main#main',
    'footer a[href*="how-it-works"]'].filter(one => !document.querySelector(one));
  const skip = document.querySelector('a.skip-link');
  if (skip && !document.querySelector(skip.getAttribute('href'))) missing.push('skip link leads nowhere');
  if (skip && focusables()[0] !== skip && document.activeElement === document.body)
    missing.push('skip link is not first');
  return missing;
}

// --- Forms --------------------------------------------------------------------------------

function legends() {
  return all('fieldset').filter(shown).filter(one =>
    all(':scope > legend', one).length !== 1 || !said(one.querySelector('legend').textContent))
    .map(named)
    .concat(all('input[type=radio]').filter(one => shown(one) && !one.closest('fieldset')).map(named));
}

function labels() {
  return all(CONTROLS).filter(shown).filter(one => !['submit', 'button'].includes(one.type))
    .filter(one => !said(one.getAttribute('aria-label'))
      && !textOf(one.getAttribute('aria-labelledby'))
      && ![...(one.labels || [])].some(label => said(label.textContent))).map(named);
}

function labelInName() {
  return all('a, button, summary, input, select, textarea').filter(shown)
    .filter(one => one.hasAttribute('aria-label')).filter(one => {
      const seen = words([...(one.labels || [])].map(label => label.innerText).join(' ')
        || one.innerText).join(' ');
      return !words(one.getAttribute('aria-label')).join(' ').includes(seen);
    }).map(named);
}

function autocomplete() {
  return all('input[type=email], input[type=password]').filter(shown)
    .filter(one => !one.autocomplete).map(named);
}

function errors() {
  const found = [];
  const summary = document.querySelector('.error-summary, .conflict');
  if (summary && !summary.contains(document.activeElement)) found.push('summary without focus');
  if (summary && !shown(summary)) found.push('summary is hidden');
  for (const link of all('.error-summary a[href^="#"]')) {
    const control = document.getElementById(link.getAttribute('href').slice(1));
    if (!control || !shown(control) || control.tabIndex < 0) {
      found.push(`leads nowhere: ${named(link)}`);
      continue;
    }
    const described = [control, control.closest('fieldset')].filter(Boolean)
      .map(one => textOf(one.getAttribute('aria-describedby'))).join(' ');
    if (!described.includes(said(link.textContent))) found.push(`not said there: ${named(link)}`);
  }
  for (const one of all('main :is(.field-error, .invalid-feedback):not([role=status])')) {
    if (!shown(one)) found.push(`hidden: ${named(one)}`);
    else if (!all('[aria-describedby]').some(control => control.getAttribute('aria-describedby')
      .split(/\s+/).filter(Boolean).some(id => one.closest(`#${CSS.escape(id)}`))))
      found.push(`described by none: ${named(one)}`);
    if (!summary) found.push(`without a summary: ${named(one)}`);
  }
  return found;
}

function status() {
  return all('.messages, .alert').filter(shown)
    .filter(one => !one.closest('[role=alert], [role=status], [aria-live], [autofocus]')).map(named);
}

// Every control says that it has changed; nothing may be sent or opened for that.
function autoSubmit() {
  const found = [], form = HTMLFormElement.prototype;
  const kept = [form.submit, form.requestSubmit, window.fetch, navigator.sendBeacon];
  form.submit = form.requestSubmit = function () { found.push(named(this)); };
  window.fetch = () => new Promise(() => {});
  const asks = event => event.stopImmediatePropagation();
  for (const one of all(CONTROLS).filter(shown))
    for (const kind of ['input', 'change', 'focus', 'blur']) one.dispatchEvent(new Event(kind, {bubbles: true}));
  [form.submit, form.requestSubmit, window.fetch] = kept;
  return found;
}

// Whoever is signed in and types is warned before that ends; subscribing needs no account.
function warned() {
  const signedIn = document.querySelector('header a[href="/accounts/logout/"]');
  const typed = all('main form[method=post]:not([action="/newsletter/"])').flatMap(
    form => all(CONTROLS, form)).filter(shown);
  const isWarned = document.querySelector('.session-end') && document.querySelector('script[src*="keep"]');
  return signedIn && !isWarned ? typed.map(named).slice(0, 1) : [];
}

function shortcuts() {
  const key = new KeyboardEvent('keydown', {key: 's', bubbles: true, cancelable: true});
  document.body.dispatchEvent(key);
  return all('[accesskey], [draggable=true], [title]:not(iframe)').filter(shown).map(named)
    .concat(key.defaultPrevented ? ['takes the key s'] : []);
}

function paste() {
  return all('input[type=password], input[type=email], input[type=text], textarea').filter(shown)
    .filter(one => !one.dispatchEvent(new Event('paste', {bubbles: true, cancelable: true})))
    .map(named);
}

// --- Tables and figures -------------------------------------------------------------------

function tables() {
  return all('main table').filter(shown).flatMap(table => [
    ...(all('thead th[scope=col], tbody th[scope=row]', table).length ? [] : [`no headers: ${named(table)}`]),
    ...all('th:not([scope])', table).map(one => `no scope: ${named(one)}`),
  ]);
}

function gapsInWords() {
  return all('.gap-table tbody tr:has(circle.you)').filter(row => {
    const gap = said(row.querySelector('.standing')?.innerText);
    const name = row.querySelector('svg').getAttribute('aria-label') || '';
    return !/\p{L}/u.test(gap) || !name.includes(said(row.querySelector('th')?.firstChild.textContent))
      || !row.querySelector('circle.you, rect.target');
  }).map(row => `without words: ${named(row)}`);
}

function statement() {
  const sentence = said(document.querySelector('main .report-statement')?.innerText);
  const rows = all('.gap-table tbody tr:has(circle.you) .standing').map(one => said(one.innerText));
  if (!sentence || !rows.length) return [];
  const count = test => rows.filter(one => test.test(one)).length;
  const unknown = all('.unknown-list > li').length;
  const number = pattern => +(sentence.match(pattern)?.[1] || 0);
  return [
    ['met', number(/You meet (\d+)/), count(/^met/)],
    ['targets', number(/of the (\d+)/), rows.length + unknown],
    ['one below', number(/(\d+) (?:is|are) one level/), count(/^1 level/)],
    ['more below', number(/(\d+) (?:is|are) two/), count(/^([2-9]|\d\d) levels/)],
    ['unknown', number(/(\d+) (?:is|are) unknown/), unknown],
  ].filter(([, first, second]) => first !== second).map(one => one.join(' '));
}

function linksUnderlined() {
  return all('main :is(p, dd, li) a[href]').filter(shown).filter(one => {
    const around = one.closest('p, dd, li');
    const alone = said(around.innerText).length <= said(one.innerText).length + 3;
    const style = getComputedStyle(one);
    const marked = style.textDecorationLine.includes('underline') || style.borderBottomStyle !== 'none'
      || style.backgroundColor !== 'rgba(0, 0, 0, 0)' || all('*', one).some(
        inner => getComputedStyle(inner).textDecorationLine.includes('underline'));
    return !alone && style.display.startsWith('inline') && !marked;
  }).map(named);
}

const SAID = {
  oneHeading, headingOrder, title, language, bothOrientations, still, ids, samePlaces, legends,
  labels, labelInName, autocomplete, errors, status, autoSubmit, warned, shortcuts, paste, tables,
  gapsInWords, statement, linksUnderlined,
};
