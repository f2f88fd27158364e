// The Android plugin brings a Kotlin of its own; this is the one that Maven has too.
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
