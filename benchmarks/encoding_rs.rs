//! Converts a file with encoding_rs, as iconv and uconv do: FROM TO FILE, output to stdout.
//!
//! For benchmarks/transcode.py --encoding-rs; with Debian's librust-encoding-rs-dev:
//!
//!     S=/usr/share/cargo/registry; O=/tmp/encoding_rs; mkdir -p $O
//!     rustc -O --edition 2018 --crate-type rlib --crate-name cfg_if $S/cfg-if-1*/src/lib.rs --out-dir $O
//!     rustc -O --edition 2018 --crate-type rlib --crate-name encoding_rs --cap-lints allow \
//!         --cfg 'feature="alloc"' -L $O --extern cfg_if=$O/libcfg_if.rlib $S/encoding_rs-0*/src/lib.rs --out-dir $O
//!     rustc -O --edition 2018 -L $O --extern encoding_rs=$O/libencoding_rs.rlib \
//!         benchmarks/encoding_rs.rs -o $O/convert

use std::io::Write;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let known = |label: &str| {
        encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or_else(|| {
            eprintln!("no encoding {}", label);
            std::process::exit(2)
        })
    };
    let (from, to) = (known(&words[1]), known(&words[2]));
    let data = std::fs::read(&words[3]).expect("a file");
    let (text, bad) = from.decode_without_bom_handling(&data);
    let (out, _, lost) = to.encode(&text);
    std::io::stdout().write_all(&out).expect("stdout");
    std::process::exit((bad || lost) as i32)
}
