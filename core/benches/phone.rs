//! How long a phone takes.
fn main() {
    divan::main();
}
