// The Android plugin has a Kotlin version of its own; this is the version that Maven uses too.
buildscript {
    repositories {
        google()
        mavenCentral()
    }
    dependencies { classpath(libs.kotlin.gradle) }
}

plugins {
    alias(libs.plugins.android.library) apply false
}
