// swift-tools-version: 6.0
// Prepared by `bindings/swift/generate`, which writes Generated/ (it is not committed).

import PackageDescription

// Apple's systems take the core from an XCFramework; elsewhere it is a shared library that the
// command line names (`bindings/swift-test` does).
#if os(macOS)
let core = Target.binaryTarget(name: "PromiseCore", path: "Generated/PromiseCore.xcframework")
#else
let core = Target.systemLibrary(name: "PromiseCore", path: "Generated/Headers")
#endif

let package = Package(
    name: "PocketPromise",
    // Observation needs iOS 17. macOS is here so that the tests run on a Mac too.
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "PocketPromise", targets: ["PocketPromise"])],
    targets: [
        core,
        // The generated code, which does not compile in the Swift 6 mode.
        .target(
            name: "PromiseBindings",
            dependencies: ["PromiseCore"],
            path: "Generated/Swift",
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: [.linkedLibrary("promise_ffi", .when(platforms: [.linux]))]
        ),
        // The library for apps.
        .target(name: "PocketPromise", dependencies: ["PromiseBindings"]),
        .testTarget(
            name: "PocketPromiseTests",
            dependencies: ["PocketPromise", "PromiseBindings"]
        ),
    ]
)
