"use strict";
(() => {
  const all = (within, what) => [...within.querySelectorAll(what)];
  const clamp = (value, most) => Math.max(0, Math.min(most, value));

  // Colours: the system's, or the chosen ones.
  const themes = all(document, "button[data-theme]");
  for (const button of themes) {
    button.addEventListener("click", () => {
      const theme = button.dataset.theme;
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      for (const other of themes) other.setAttribute("aria-pressed", String(other === button));
    });
  }

  // Copying: where the browser does not let a page do it, the text is selected.
  for (const button of all(document, ".copy")) {
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = "Selected";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  }

  // A tile shows one picture of a sheet, which stands in the page once.
  const whenLoaded = (img, then) => {
    if (img.complete && img.naturalWidth > 0) then();
    else img.addEventListener("load", then, { once: true });
  };
  const show = (tile, sheet, rows, columns, row, column, words) => {
    let img = tile.querySelector("img");
    if (!img) {
      img = document.createElement("img");
      img.src = sheet.src;
      tile.append(img);
      tile.classList.add("cut");
    }
    img.style.width = `${columns * 100}%`;
    img.style.height = `${rows * 100}%`;
    img.style.left = `${-column * 100}%`;
    img.style.top = `${-row * 100}%`;
    img.alt = `${tile.dataset.alt}: ${words}`;
    whenLoaded(img, () => { tile.style.aspectRatio = `${img.naturalWidth / columns} / ${img.naturalHeight / rows}`; });
  };
  const radios = (within, axis) => all(within, `input[data-axis="${axis}"]`);
  const chosen = (within, axis) => Math.max(0, radios(within, axis).findIndex(one => one.checked));
  const choose = (within, axis, index) => {
    const some = radios(within, axis);
    if (some.length > 0) some[clamp(index, some.length - 1)].checked = true;
  };
  const named = (within, axis) => {
    const one = radios(within, axis)[chosen(within, axis)];
    return one ? one.nextElementSibling.firstChild.textContent.trim() : "";
  };

  // Samples by class, guidance scale and noise.
  for (const explorer of all(document, "[data-explorer]")) {
    const rows = Number(explorer.dataset.rows);
    const columns = Number(explorer.dataset.columns);
    const noises = Number(explorer.dataset.noises);
    const update = () => {
      const row = chosen(explorer, "class") * noises + chosen(explorer, "noise");
      const column = chosen(explorer, "scale");
      const words = `class ${named(explorer, "class")}, guidance ${named(explorer, "scale")}` + (noises > 1 ? `, noise ${chosen(explorer, "noise") + 1}` : "");
      const sheets = all(explorer, ".sheet");
      all(explorer, ".stage .tile").forEach((tile, model) => show(tile, sheets[model], rows, columns, row, column, words));
      explorer.querySelector("[data-caption]").textContent = words;
    };
    explorer.addEventListener("change", update);
    explorer.querySelector(".stage").addEventListener("keydown", event => {
      const move = { ArrowLeft: ["scale", -1], ArrowRight: ["scale", 1], ArrowUp: ["class", -1], ArrowDown: ["class", 1] }[event.key];
      if (!move) return;
      event.preventDefault();
      choose(explorer, move[0], chosen(explorer, move[0]) + move[1]);
      update();
    });
    for (const sheet of all(explorer, ".sheet")) {
      sheet.addEventListener("click", event => {
        const box = sheet.getBoundingClientRect();
        const row = clamp(Math.floor((event.clientY - box.top) / box.height * rows), rows - 1);
        choose(explorer, "class", Math.floor(row / noises));
        choose(explorer, "noise", row % noises);
        choose(explorer, "scale", Math.floor((event.clientX - box.left) / box.width * columns));
        update();
        explorer.querySelector(".stage").scrollIntoView({ block: "center" });
      });
    }
    update();
  }

  // The way from noise to data, step by step.
  for (const path of all(document, "[data-path]")) {
    const slider = path.querySelector("input[type=range]");
    const ways = all(path, ".way");
    const update = () => {
      const sample = chosen(path, "way");
      path.querySelector("output").textContent = slider.value;
      for (const way of ways) {
        const columns = Number(way.dataset.columns);
        const rows = Number(way.dataset.rows);
        const step = clamp(Number(slider.value), columns - 1);
        const [state, end] = all(way, ".tile");
        const frames = way.querySelector(".frames");
        const sheet = frames.querySelector("img");
        show(state, sheet, rows, columns, 2 * sample, step, `${named(path, "way")}, step ${step}`);
        show(end, sheet, rows, columns, 2 * sample + 1, step, `${named(path, "way")}, step ${step}`);
        const lines = all(way, ".steps tbody tr");
        lines.forEach((line, index) => line.classList.toggle("now", index === step));
        const cell = all(lines[step], "th, td").map(one => one.textContent.trim());
        way.querySelector("[data-caption]").textContent = `Step ${step} of ${columns - 1}, t = ${cell[1]}: level ${cell[2]} with patches ${cell[3]}, ${cell[4]} tokens; `
          + (step === columns - 1 ? "the result" : `to the next step ${cell[6]} in ${cell[5]} evaluations, ${cell[7]} of what they cost at the finest level`);
        slider.setAttribute("aria-valuetext", `step ${step}, t = ${cell[1]}, patches ${cell[3]}`);
        const strip = way.querySelector(".strip");
        whenLoaded(sheet, () => {
          strip.classList.add("cut");
          strip.style.width = `${columns * 2.75}rem`;
          frames.style.aspectRatio = `${sheet.naturalWidth} / ${sheet.naturalHeight / rows * 2}`;
          sheet.style.height = `${rows / 2 * 100}%`;
          sheet.style.top = `${-sample * 100}%`;
          const film = strip.parentElement;
          film.scrollLeft = (step + 0.5) / columns * strip.offsetWidth - film.clientWidth / 2;
        });
        const cursor = way.querySelector(".cursor");
        cursor.style.left = `${step / columns * 100}%`;
        cursor.style.width = `${100 / columns}%`;
      }
    };
    path.addEventListener("change", update);
    slider.addEventListener("input", update);
    for (const way of ways) {
      const strip = way.querySelector(".strip");
      strip.addEventListener("click", event => {
        const box = strip.getBoundingClientRect();
        slider.value = String(Math.floor((event.clientX - box.left) / box.width * Number(way.dataset.columns)));
        update();
      });
    }
    update();
  }

  // Losses under the pointer, or under the arrow keys.
  for (const figure of all(document, "[data-chart]")) {
    const chart = figure.querySelector("svg.chart");
    if (!chart) continue;
    const images = chart.dataset.images.split(" ").map(Number);
    const names = chart.dataset.names.split("|");
    const values = chart.dataset.values.split("|").map(line => line.split(" "));
    const left = Number(chart.dataset.left);
    const right = Number(chart.dataset.right);
    const last = Number(chart.dataset.last);
    const width = chart.viewBox.baseVal.width;
    let index = images.length - 1;
    const tell = at => {
      index = clamp(at, images.length - 1);
      const x = left + images[index] / last * (right - left);
      const cross = chart.querySelector(".cross");
      cross.setAttribute("x1", x);
      cross.setAttribute("x2", x);
      figure.querySelector("[data-caption]").textContent = `${images[index].toLocaleString("en")} images: `
        + names.map((name, line) => `${name} ${values[line][index] ?? "–"}`).join(", ");
    };
    chart.addEventListener("pointermove", event => {
      const box = chart.getBoundingClientRect();
      const at = ((event.clientX - box.left) / box.width * width - left) / (right - left) * last;
      let nearest = 0;
      images.forEach((value, i) => { if (Math.abs(value - at) < Math.abs(images[nearest] - at)) nearest = i; });
      tell(nearest);
    });
    chart.addEventListener("keydown", event => {
      const move = { ArrowLeft: -1, ArrowRight: 1, Home: -images.length, End: images.length }[event.key];
      if (move === undefined) return;
      event.preventDefault();
      tell(index + move);
    });
  }

  addEventListener("beforeprint", () => { for (const one of all(document, "details")) one.open = true; });
})();
