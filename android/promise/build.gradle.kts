plugins {
    alias(libs.plugins.android.library)
}

val repo: File = rootDir.parentFile
val cargoTarget = layout.buildDirectory.dir("cargo")
val nativeLibraries = layout.buildDirectory.dir("generated/jniLibs")
val generatedKotlin = layout.buildDirectory.dir("generated/promise/kotlin")

android {
    namespace = "org.pocketpromise"
    compileSdk = libs.versions.sdk.compile.get().toInt()
    ndkVersion = libs.versions.ndk.get()

    defaultConfig {
        minSdk = libs.versions.sdk.min.get().toInt()
        consumerProguardFiles("consumer-rules.pro")
    }

    sourceSets["main"].apply {
        // Sources without Android classes. bindings/kotlin builds and tests them without Android.
        kotlin.srcDir("src/common/kotlin")
        kotlin.srcDir(generatedKotlin)
        jniLibs.srcDir(nativeLibraries)
    }

    packaging {
        // Loaded from the APK without unpacking: aligned to pages.
        jniLibs.useLegacyPackaging = false
    }
}

kotlin {
    jvmToolchain(17)
}

dependencies {
    implementation(variantOf(libs.jna) { artifactType("aar") })
    api(libs.coroutines.android)
    implementation(libs.work)
    testImplementation(libs.jna)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.junit)
    testImplementation(libs.kotlin.test)
}

/** The library for each kind of phone: small, stripped, and panics unwind. */
val buildLibraries by tasks.registering(Exec::class) {
    workingDir = repo
    environment("CARGO_TARGET_DIR", cargoTarget.get().asFile.path)
    // Phones with pages of 16 KiB do not load a library that is aligned to less.
    environment("RUSTFLAGS", "-C link-arg=-Wl,-z,max-page-size=16384 -C link-arg=-Wl,--pack-dyn-relocs=android")
    commandLine(
        "cargo", "ndk",
        "--target", "arm64-v8a", "--target", "armeabi-v7a", "--target", "x86_64",
        "--platform", libs.versions.sdk.min.get(),
        "--output-dir", nativeLibraries.get().asFile.path,
        // The kind is named so that it is optimised as a whole, which cargo leaves out for a crate of two kinds.
        "rustc", "--package", "promise-ffi", "--lib", "--crate-type", "cdylib", "--profile", "phone",
    )
    // cargo decides what has changed.
    outputs.upToDateWhen { false }
}

/** The Kotlin that goes with the library. It is the same for every kind of phone. */
val generateKotlin by tasks.registering(Exec::class) {
    dependsOn(buildLibraries)
    workingDir = repo
    environment("CARGO_TARGET_DIR", cargoTarget.get().asFile.path)
    val library = nativeLibraries.get().file("arm64-v8a/libpromise_ffi.so").asFile
    inputs.file(library)
    outputs.dir(generatedKotlin)
    commandLine(
        "cargo", "run", "--quiet", "--package", "promise-bindgen", "--",
        "kotlin", library.path, generatedKotlin.get().asFile.path, "bindings/uniffi.toml",
    )
}

tasks.named("preBuild") { dependsOn(generateKotlin) }

// The scenarios need the real server and its programs: `bindings/kotlin-test` starts them.
tasks.withType<Test>().configureEach { useJUnitPlatform() }
